"""A sound is heard by whoever's path says its words; to everybody else its address does not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heartwood.practice.unguided import Stretch, Unguided, Way
from heartwood.web.cohorts import actions as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library import actions
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.models import User
from tests.web.shelf import MINUTE_MS, SOUND, put_on_shelf

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
Begin = Callable[..., Enrolment]
Browser = Callable[[User], Client]
Change = Callable[[str, str, str], Path]


def _begin_with(person: User, version: CourseVersion, *, at: datetime) -> Enrolment:
    return cohorts.begin(person, version, starts_on=MONDAY, page=new_id(), at=at)


def _hears(browser: Client, made: Rendering) -> bool:
    return browser.get(f"/sound/{made.id}.m4a").status_code == 200


def test_another_persons_sound_is_answered_as_one_that_nobody_has(
    amara: User, eve: User, begin: Begin, settle: Rendering, signed_in: Browser
) -> None:
    begin(amara, starts_on=MONDAY)
    addresses = [
        f"/sound/{settle.id}.m4a",
        f"/sound/{settle.id}.captions.vtt",
        f"/sound/{settle.id}.chapters.vtt",
        f"/api/renderings/{settle.id}",
    ]

    assert [signed_in(amara).get(address).status_code for address in addresses] == [200] * 4
    assert [signed_in(eve).get(address).status_code for address in addresses] == [404] * 4
    sliced = signed_in(eve).get(addresses[0], headers={"Range": "bytes=0-9"})
    never = signed_in(eve).get(f"/sound/{new_id()}.m4a", headers={"Range": "bytes=0-9"})
    assert (sliced.status_code, sliced.content) == (404, never.content)


def test_whoever_may_not_hear_a_sound_that_got_lost_does_not_have_it_made_again(
    eve: User, settle: Rendering, signed_in: Browser
) -> None:
    Rendering.objects.filter(id=settle.id).update(state=Rendering.State.AWAY)

    assert not _hears(signed_in(eve), settle)

    settle.refresh_from_db()
    assert settle.state == Rendering.State.AWAY


def test_the_same_words_in_another_version_are_the_same_sound_and_other_words_are_not(
    eve: User, amara: User, settle: Rendering, another_folder: Change, signed_in: Browser, at: datetime
) -> None:
    alike = actions.publish(another_folder("course.en.md", "Two", "Twice"), at=at)
    other = actions.publish(
        another_folder("practices/settle/script.en.md", "your hands", "both hands"), at=at
    )
    _begin_with(amara, alike, at=at)
    _begin_with(eve, other, at=at)

    assert settle.course_version_id not in (alike.id, other.id)
    assert [_hears(signed_in(person), settle) for person in (amara, eve)] == [True, False]


def test_who_took_a_newer_version_still_hears_what_they_had(
    amara: User, begin: Begin, settle: Rendering, another_folder: Change, signed_in: Browser, at: datetime
) -> None:
    begin(amara, starts_on=MONDAY)
    newer = actions.publish(
        another_folder("practices/settle/script.en.md", "your hands", "both hands"),
        at=at + timedelta(hours=1),
    )

    path = cohorts.answer_offer(amara, newer.id, accepted=True, page=new_id(), at=at)

    assert path.course_version_id == newer.id
    assert _hears(signed_in(amara), settle)
    assert _hears(signed_in(amara), put_on_shelf(actions.want(newer, "settle", at=at), at=at))


def test_who_has_left_a_path_still_hears_what_was_theirs(
    amara: User, begin: Begin, settle: Rendering, signed_in: Browser, at: datetime
) -> None:
    path = begin(amara, starts_on=MONDAY)
    Enrolment.objects.filter(id=path.id).update(state=Enrolment.State.LEFT, ended_at=at)

    assert _hears(signed_in(amara), settle)


def test_bells_alone_belong_to_nobody_and_a_stranger_has_none(
    amara: User, eve: User, client: Client, version: CourseVersion, signed_in: Browser, at: datetime
) -> None:
    asked = Unguided((Stretch(Way.SIT, 5 * MINUTE_MS),), 0, False)
    made = put_on_shelf(actions.want_unguided(asked, by=amara, at=at), at=at)

    assert actions.want_unguided(asked, by=eve, at=at).id == made.id
    assert [_hears(browser, made) for browser in (signed_in(amara), signed_in(eve), client)] == [
        True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("slices", [1, 3])
def test_each_slice_of_a_sound_asks_the_database_as_often(
    slices: int, amara: User, begin: Begin, settle: Rendering, signed_in: Browser,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    begin(amara, starts_on=MONDAY)
    browser, address = signed_in(amara), f"/sound/{settle.id}.m4a"
    browser.get(address)

    with django_assert_num_queries(4 * slices):
        for first in range(slices):
            part = browser.get(address, headers={"Range": f"bytes={first}-{first + 9}"})
            assert part.getvalue() == SOUND[first : first + 10]
