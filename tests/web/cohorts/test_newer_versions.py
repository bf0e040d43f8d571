"""A newer version reaches whoever begins; who is on the way keeps theirs until they take the newer one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.errors import UnknownName
from heartwood.web.cohorts import actions, queries
from heartwood.web.cohorts.models import Answer, Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.models import AuditEntry
from heartwood.web.library import actions as library
from heartwood.web.library import queries as shelf
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from heartwood.web.practices import actions as practices
from heartwood.web.practices.models import Sitting
from tests.web.practices.observed import event, seen, send
from tests.web.shelf import put_on_shelf
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
Begin = Callable[..., Enrolment]


@dataclass
class Author:
    """Whoever writes the tiny course, publishing a version an hour."""

    folder: Path
    at: datetime
    hours: int = 0

    def publish(self, path: str, words: str, other: str, *, change: str = "") -> CourseVersion:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert words in text
        (self.folder / path).write_text(text.replace(words, other), encoding="utf-8")
        if change:
            (self.folder / "changes.toml").write_text(f'[[change]]\nid = "{change}"\nsafety = true\n')
            (self.folder / "changes.en.md").write_text(f"# Changes\n\n## {change}\n**Safer**\n\nIt is.\n")
        self.hours += 1
        return library.publish(self.folder, at=self.at + timedelta(hours=self.hours))


@pytest.fixture
def author(another_folder: Callable[[str, str, str], Path], at: datetime) -> Author:
    return Author(another_folder("course.en.md", "Two", "Two"), at)


def _answer(person: User, offered: CourseVersion, *, accepted: bool, at: datetime) -> Enrolment:
    return actions.answer_offer(person, offered.id, accepted=accepted, page=new_id(), at=at)


def _offered(person: User) -> queries.Offer | None:
    path = queries.path_of(person)
    assert path
    return queries.offer(path)


def test_nothing_is_offered_while_a_path_has_the_newest(amara: User, begin: Begin) -> None:
    assert queries.offer(begin(amara, starts_on=MONDAY)) is None


def test_a_newer_version_is_offered_and_changes_nothing_by_itself(
    amara: User, begin: Begin, version: CourseVersion, author: Author
) -> None:
    begin(amara, starts_on=MONDAY)

    newer = author.publish("week-1/week.en.md", "The body first.", "The feet first.")

    assert _offered(amara) == queries.Offer(newer, is_safety=False, is_kept=False)
    assert Enrolment.objects.get().course_version == version


def test_another_course_is_no_newer_version_of_this_one(amara: User, begin: Begin, author: Author) -> None:
    begin(amara, starts_on=MONDAY)

    author.publish("course.toml", 'id = "tiny"', 'id = "other"')

    assert _offered(amara) is None
    assert [one.course for one in shelf.on_offer()] == ["tiny", "other"]


def test_who_takes_it_is_on_it_and_the_trail_says_so(
    amara: User, begin: Begin, version: CourseVersion, author: Author, at: datetime
) -> None:
    path = begin(amara, starts_on=MONDAY)
    newer = author.publish("week-1/week.en.md", "The body first.", "The feet first.")

    _answer(amara, newer, accepted=True, at=at)

    path.refresh_from_db()
    entry = AuditEntry.objects.get(verb="accepted version")
    assert (path.course_version, _offered(amara)) == (newer, None)
    assert (entry.subject_kind, entry.subject_id, entry.by) == ("enrolment", path.id, amara.id)
    told = holdings.collect_all(amara)["cohorts"]["paths"][0]["answers_to_newer_versions"]
    assert told == [{"had": version.hash, "was_offered": newer.hash, "accepted": True, "at": at.isoformat()}]


def test_who_keeps_theirs_is_asked_again_only_by_something_newer(
    amara: User, begin: Begin, version: CourseVersion, author: Author, at: datetime
) -> None:
    path = begin(amara, starts_on=MONDAY)
    second = author.publish("week-1/week.en.md", "The body first.", "The feet first.")
    _answer(amara, second, accepted=False, at=at)
    kept = _offered(amara)

    third = author.publish("week-1/week.en.md", "The feet first.", "The hands first.")

    path.refresh_from_db()
    assert path.course_version == version
    assert kept == queries.Offer(second, is_safety=False, is_kept=True)
    assert _offered(amara) == queries.Offer(third, is_safety=False, is_kept=False)


def test_a_correction_for_safety_stands_out_until_it_is_decided(
    amara: User, begin: Begin, author: Author, at: datetime
) -> None:
    begin(amara, starts_on=MONDAY)
    second = author.publish("week-1/week.en.md", "The body first.", "The feet first.", change="safer-feet")
    before = _offered(amara)
    _answer(amara, second, accepted=False, at=at)

    after = _offered(amara)
    author.publish("week-1/week.en.md", "The feet first.", "The hands first.")

    assert before and before.is_safety
    assert after and (after.is_safety, after.is_kept) == (False, True)
    assert (later := _offered(amara)) and (later.is_safety, later.is_kept) == (False, False)


def test_a_form_sent_twice_answers_once(amara: User, begin: Begin, author: Author, at: datetime) -> None:
    begin(amara, starts_on=MONDAY)
    newer = author.publish("week-1/week.en.md", "The body first.", "The feet first.")
    page = new_id()

    for _ in range(2):
        actions.answer_offer(amara, newer.id, accepted=True, page=page, at=at)

    assert Answer.objects.count() == AuditEntry.objects.filter(verb="accepted version").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_presses_at_once_one_counts(amara: User, begin: Begin, author: Author, at: datetime) -> None:
    begin(amara, starts_on=MONDAY)
    newer = author.publish("week-1/week.en.md", "The body first.", "The feet first.")
    page = new_id()

    at_once(8, lambda _: actions.answer_offer(amara, newer.id, accepted=True, page=page, at=at).id)

    assert Answer.objects.count() == AuditEntry.objects.filter(verb="accepted version").count() == 1
    assert Enrolment.objects.get().course_version_id == newer.id


def test_what_is_no_longer_the_newest_cannot_be_taken_unread(
    amara: User, begin: Begin, version: CourseVersion, author: Author, at: datetime
) -> None:
    begin(amara, starts_on=MONDAY)
    second = author.publish("week-1/week.en.md", "The body first.", "The feet first.")
    author.publish("week-1/week.en.md", "The feet first.", "The hands first.")

    with pytest.raises(UnknownName, match="Load it again"):
        _answer(amara, second, accepted=True, at=at)

    assert Enrolment.objects.get().course_version == version


def test_nobody_answers_for_somebody_else(
    amara: User, eve: User, begin: Begin, version: CourseVersion, author: Author, at: datetime
) -> None:
    begin(amara, starts_on=MONDAY)
    newer = author.publish("week-1/week.en.md", "The body first.", "The feet first.")
    page = new_id()
    actions.answer_offer(amara, newer.id, accepted=False, page=page, at=at)

    with pytest.raises(UnknownName, match="Begin a course first"):
        actions.answer_offer(eve, newer.id, accepted=True, page=page, at=at)
    begin(eve, starts_on=MONDAY)
    with pytest.raises(UnknownName, match="Load it again"):
        actions.answer_offer(eve, newer.id, accepted=True, page=page, at=at)

    assert set(Enrolment.objects.values_list("course_version", flat=True)) == {version.id}


def test_sittings_and_sounds_stay_with_the_version_they_were_made_in(
    amara: User, begin: Begin, settle: Rendering, author: Author, at: datetime
) -> None:
    begin(amara, starts_on=MONDAY)
    newer = author.publish("practices/settle/script.en.md", "Feel your feet", "Find your feet")
    left = at + timedelta(seconds=20)
    told = seen([event(0, "started", 0, at), event(1, "left", 20_000, left)])
    practices.keep_observations(amara, new_id(), rendering=settle.id, observations=told, at=left)
    _answer(amara, newer, accepted=True, at=at)
    practices.keep_observations(amara, new_id(), rendering=settle.id, observations=told_again(at), at=left)

    fresh = library.want(newer, "settle", at=at)

    assert set(Sitting.objects.values_list("rendering", flat=True)) == {settle.id}
    assert fresh.id != settle.id
    assert put_on_shelf(fresh, at=at) and shelf.sound_file(settle)
    assert shelf.read(settle.course_version).script("settle") != shelf.read(newer).script("settle")


def told_again(at: datetime) -> list:  # type: ignore[type-arg]
    """What a device that was offline brings later, of the sound that it kept."""
    left = at + timedelta(seconds=10)
    return seen([event(0, "started", 0, at), event(1, "left", 10_000, left)])


def test_an_erasure_takes_the_answers_too(amara: User, begin: Begin, author: Author, at: datetime) -> None:
    begin(amara, starts_on=MONDAY)
    _answer(amara, author.publish("course.en.md", "small", "little"), accepted=False, at=at)

    erasure.erase(amara, by=amara.id, at=at)

    assert not Answer.objects.exists()


def test_a_page_that_was_open_learns_of_a_correction_when_its_sound_rests(
    amara: User,
    begin: Begin,
    settle: Rendering,
    author: Author,
    signed_in: Callable[[User], Client],
    at: datetime,
) -> None:
    begin(amara, starts_on=MONDAY)
    browser, sitting, began = signed_in(amara), new_id(), timezone.now() - timedelta(hours=1)

    def corrected(sequence: int, kind: str) -> bool:
        told = event(sequence, kind, sequence * 1000, began)
        return bool(send(browser, sitting, settle, [told]).json()["corrected"])

    before = [corrected(1, "started"), corrected(2, "paused")]
    newer = author.publish("practices/settle/script.en.md", "your hands", "both hands", change="gentler")
    amid = [corrected(3, "started"), corrected(4, "advanced")]
    afterwards = [corrected(5, "paused"), corrected(6, "finished")]
    _answer(amara, newer, accepted=False, at=at)

    assert (before, amid, afterwards) == ([False] * 2, [False] * 2, [True] * 2)
    assert not corrected(7, "left")
