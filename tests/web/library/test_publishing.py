"""A course is published as a version that never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import ProtectedError

from heartwood import content
from heartwood.errors import ContentError
from heartwood.web.kit.models import AuditEntry
from heartwood.web.library import actions, queries
from heartwood.web.library.models import CourseVersion, Rendering
from tests.web.shelf import TINY
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Changed = Callable[[str, str, str], Path]


def test_a_published_course_reads_back_as_its_folder_does(version: CourseVersion) -> None:
    assert queries.read(version) == content.read_course(TINY)
    assert (version.course, version.language, version.title) == ("tiny", "en", "A tiny course")


def test_the_same_text_is_the_same_version(version: CourseVersion, at: datetime) -> None:
    again = actions.publish(TINY, at=at + timedelta(days=1))

    assert (again.id, again.published_at) == (version.id, at)
    assert CourseVersion.objects.count() == 1
    assert AuditEntry.objects.filter(verb="published").count() == 1


def test_line_ends_of_another_system_make_no_other_version(
    version: CourseVersion, another_folder: Changed, at: datetime
) -> None:
    folder = another_folder("course.en.md", "\n", "\r\n")

    assert actions.publish(folder, at=at) == version


def test_one_changed_word_is_another_version_and_the_first_stays_as_it_was(
    version: CourseVersion, another_folder: Changed, at: datetime
) -> None:
    before = dict(version.files)

    newer = actions.publish(another_folder("course.en.md", "small", "little"), at=at + timedelta(hours=1))

    version.refresh_from_db()
    assert newer.id != version.id
    assert version.files == before
    assert queries.newest_version() == newer


def test_a_course_with_findings_is_refused_by_file_and_nothing_is_published(
    another_folder: Changed, at: datetime
) -> None:
    folder = another_folder("practices/settle/script.toml", "shortest = 0.8", "shortest = 0.3")

    with pytest.raises(ContentError, match=r"practices/settle/script\.toml.*Raise the shortest"):
        actions.publish(folder, at=at)

    assert not CourseVersion.objects.exists()
    assert not Rendering.objects.exists()


def test_a_folder_that_cannot_be_read_is_refused_with_its_line(another_folder: Changed, at: datetime) -> None:
    folder = another_folder("week-1/week.toml", "number = 1", "number = ")

    with pytest.raises(ContentError, match=r"week-1/week\.toml:1"):
        actions.publish(folder, at=at)

    assert not CourseVersion.objects.exists()


def test_the_first_week_is_due_and_before_it_the_arrival(version: CourseVersion, at: datetime) -> None:
    due = Rendering.objects.order_by("priority", "script")

    assert [(one.script, one.milliseconds, one.state, one.is_open) for one in due] == [
        ("arrive", 60_000, "due", True),
        ("settle", 60_000, "due", False),
    ]
    assert queries.next_due(at=at) == due[0].id


def test_publishing_again_makes_due_what_is_missing(version: CourseVersion, at: datetime) -> None:
    Rendering.objects.filter(script="settle").delete()

    actions.publish(TINY, at=at)

    assert Rendering.objects.filter(script="settle", state="due").count() == 1


def test_a_version_whose_sounds_are_there_is_never_removed(version: CourseVersion) -> None:
    with pytest.raises(ProtectedError):
        version.delete()


def test_a_sound_is_shared_by_versions_whose_words_for_it_are_the_same(
    version: CourseVersion, another_folder: Changed, at: datetime
) -> None:
    newer = actions.publish(another_folder("practices/settle/script.en.md", "your feet", "both feet"), at=at)

    arrivals = {actions.want(each, "arrive", at=at).id for each in (version, newer)}
    settles = {actions.want(each, "settle", at=at).id for each in (version, newer)}

    assert (len(arrivals), len(settles)) == (1, 2)


def test_the_course_that_comes_with_heartwood_is_published_once(key_check: None, at: datetime) -> None:
    first, again = actions.publish_shipped(at=at), actions.publish_shipped(at=at)

    assert [version.course for version in first] == ["heartwood-8w"]
    assert first == again


@pytest.mark.django_db(transaction=True)
def test_servers_that_start_at_once_publish_one_version(at: datetime) -> None:
    published = at_once(8, lambda number: actions.publish(TINY, at=at).id)

    assert len(set(published)) == 1
    assert CourseVersion.objects.count() == 1
    assert Rendering.objects.count() == 2
    assert AuditEntry.objects.filter(verb="published").count() == 1
