"""A practice at a length is wanted once, claimed by one, and tried a few times."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from heartwood.errors import LengthError, UnknownName
from heartwood.practice.choices import Choices
from heartwood.web.library import actions, queries
from heartwood.web.library.models import CourseVersion, Rendering
from tests.web.shelf import MINUTE_MS, put_on_shelf
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db


def test_each_length_and_each_voice_is_a_sound_of_its_own(version: CourseVersion, at: datetime) -> None:
    usual = actions.want(version, "settle", at=at)
    longer = actions.want(version, "settle", milliseconds=72_000, at=at)
    bells = actions.want(version, "settle", choices=Choices(voice="bells"), at=at)

    assert len({usual.id, longer.id, bells.id}) == 3
    assert (usual.milliseconds, longer.milliseconds, bells.voice) == (MINUTE_MS, 72_000, "bells")


def test_wanting_it_again_is_the_same_row(version: CourseVersion, at: datetime) -> None:
    first = actions.want(version, "settle", milliseconds=72_000, at=at)
    again = actions.want(version, "settle", milliseconds=72_000, at=at + timedelta(days=1))

    assert (again.id, again.wanted_at) == (first.id, at)


@pytest.mark.django_db(transaction=True)
def test_twenty_who_want_it_at_once_make_one_row(version: CourseVersion, at: datetime) -> None:
    wanted = at_once(20, lambda n: actions.want(version, "settle", milliseconds=72_000, at=at).id)

    assert len(set(wanted)) == 1
    assert Rendering.objects.filter(milliseconds=72_000).count() == 1


@pytest.mark.parametrize("milliseconds", [0, 47_999, 90_001, 10**9])
def test_a_length_that_was_not_promised_is_refused_with_the_promise(
    version: CourseVersion, at: datetime, milliseconds: int
) -> None:
    with pytest.raises(LengthError, match=r"0\.8.*1\.5"):
        actions.want(version, "settle", milliseconds=milliseconds, at=at)

    assert Rendering.objects.count() == 2


def test_a_practice_or_a_voice_that_nothing_bears_is_refused_by_name(
    version: CourseVersion, at: datetime
) -> None:
    with pytest.raises(UnknownName, match="no practice 'fly'"):
        actions.want(version, "fly", at=at)
    with pytest.raises(UnknownName, match="no voice 'parrot'"):
        actions.want(version, "settle", choices=Choices(voice="parrot"), at=at)


def test_what_somebody_waits_for_is_made_before_what_was_laid_in_store(
    version: CourseVersion, at: datetime
) -> None:
    waited_for = actions.want(version, "wish-well", at=at + timedelta(minutes=5))

    assert queries.next_due(at=at + timedelta(minutes=5)) == waited_for.id


def test_only_one_claims_it(version: CourseVersion, at: datetime) -> None:
    due = actions.want(version, "settle", at=at)

    first, second = actions.claim(due.id, at=at), actions.claim(due.id, at=at)

    assert first and (first.state, first.attempts) == ("making", 1)
    assert second is None


@pytest.mark.django_db(transaction=True)
def test_of_twelve_who_claim_it_at_once_one_gets_it(version: CourseVersion, at: datetime) -> None:
    due = actions.want(version, "settle", at=at)

    claims = at_once(12, lambda number: actions.claim(due.id, at=at) is not None)

    assert claims.count(True) == 1


def test_it_is_tried_three_times_and_then_says_why_it_failed(version: CourseVersion, at: datetime) -> None:
    due = actions.want(version, "settle", at=at)
    states = []
    for _ in range(3):
        claimed = actions.claim(due.id, at=at)
        assert claimed
        actions.fail(claimed, "The voice lost its voice.", at=at)
        due.refresh_from_db()
        states.append(due.state)

    assert states == ["due", "due", "failed"]
    assert due.trouble == "The voice lost its voice."
    assert actions.claim(due.id, at=at) is None


def _failed(version: CourseVersion, *, at: datetime) -> Rendering:
    due = actions.want(version, "settle", at=at)
    for _ in range(3):
        if claimed := actions.claim(due.id, at=at):
            actions.fail(claimed, "It broke.", at=at)
    return due


def test_what_failed_is_tried_again_for_whoever_asks_later(version: CourseVersion, at: datetime) -> None:
    _failed(version, at=at)

    soon = actions.want(version, "settle", at=at + timedelta(minutes=9)).state
    later = actions.want(version, "settle", at=at + timedelta(minutes=11))

    assert soon == "failed"
    assert (later.state, later.attempts) == ("due", 0)


def test_what_failed_is_tried_again_after_a_while_although_nobody_asks(
    version: CourseVersion, at: datetime
) -> None:
    failed = _failed(version, at=at)

    actions.mend(at=at + timedelta(minutes=61))

    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("due", 0)


def test_a_server_that_stops_uses_up_no_attempt(version: CourseVersion, at: datetime) -> None:
    due = actions.want(version, "settle", at=at)
    for _ in range(5):
        claimed = actions.claim(due.id, at=at)
        assert claimed
        actions.give_back(claimed, at=at)

    due.refresh_from_db()
    assert (due.state, due.attempts) == ("due", 0)


def test_a_maker_that_was_given_up_on_changes_nothing_any_more(version: CourseVersion, at: datetime) -> None:
    due = actions.want(version, "settle", at=at)
    slow = actions.claim(due.id, at=at)
    assert slow
    actions.fail(slow, "It stood still.", at=at)
    actions.claim(due.id, at=at)

    actions.note_progress(slow, 50, at=at)
    actions.finish(slow, {"timeline": [], "bytes": 1, "sha256": "0" * 64}, at=at)
    actions.fail(slow, "Too late.", at=at)

    due.refresh_from_db()
    assert (due.state, due.attempts, due.progress, due.trouble) == ("making", 2, 0, "It stood still.")


def test_progress_stays_below_a_hundred_until_the_file_is_whole(version: CourseVersion, at: datetime) -> None:
    due = actions.want(version, "settle", at=at)
    claimed = actions.claim(due.id, at=at)
    assert claimed
    told = []
    for percent in (-3, 42, 100):
        actions.note_progress(claimed, percent, at=at)
        due.refresh_from_db()
        told.append(due.progress)

    assert told == [0, 42, 99]
    assert put_on_shelf(actions.want(version, "arrive", at=at), at=at).progress == 100


def test_a_sound_whose_file_got_lost_is_made_again_for_whoever_wants_it(
    settle: Rendering, version: CourseVersion, at: datetime
) -> None:
    (queries.sound_folder() / f"{settle.id}.m4a").unlink()

    assert actions.want(version, "settle", at=at).state == "due"


def test_lost_files_are_looked_for_although_nobody_asks(
    settle: Rendering, arrival: Rendering, at: datetime
) -> None:
    (queries.sound_folder() / f"{arrival.id}.m4a").unlink()

    actions.mend(at=at)

    states = dict(Rendering.objects.values_list("script", "state"))
    assert states == {"arrive": "due", "settle": "ready"}
