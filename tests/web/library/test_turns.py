"""One who asks for fifty sounds delays nobody: people take turns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from heartwood.web.library import actions, queries
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people.models import User
from tests.web.shelf import put_on_shelf

pytestmark = pytest.mark.django_db


def many(version: CourseVersion, person: User, *, first_ms: int, count: int, at: datetime) -> set[object]:
    lengths = range(first_ms, first_ms + count)
    return {actions.want(version, "settle", milliseconds=ms, by=person, at=at).id for ms in lengths}


def made_in_order(*, at: datetime) -> Iterator[object]:
    while identity := queries.next_due(at=at):
        put_on_shelf(Rendering.objects.get(id=identity), at=at)
        yield identity


def test_who_comes_after_fifty_of_another_is_second(
    version: CourseVersion, amara: User, eve: User, at: datetime
) -> None:
    fifty = many(version, amara, first_ms=50_000, count=50, at=at)
    one = actions.want(version, "settle", milliseconds=70_000, by=eve, at=at + timedelta(seconds=9)).id

    order = list(made_in_order(at=at))

    assert len(fifty) == 50
    assert order.index(one) == 1


@pytest.mark.parametrize("state", [Rendering.State.AWAY, Rendering.State.FAILED])
def test_fifty_that_were_let_go_of_come_by_turns_like_new_ones(
    version: CourseVersion, amara: User, eve: User, at: datetime, state: str
) -> None:
    fifty = many(version, amara, first_ms=50_000, count=50, at=at)
    Rendering.objects.filter(id__in=fifty).update(state=state, touched_at=at - timedelta(days=1))
    one = actions.want(version, "settle", milliseconds=70_000, by=eve, at=at).id
    again = many(version, amara, first_ms=50_000, count=50, at=at + timedelta(seconds=9))

    order = list(made_in_order(at=at))

    assert again == fifty
    assert order.index(one) <= 1


def test_two_who_ask_for_much_are_served_by_turns(
    version: CourseVersion, amara: User, eve: User, at: datetime
) -> None:
    hers = many(version, amara, first_ms=50_000, count=4, at=at)
    many(version, eve, first_ms=70_000, count=4, at=at + timedelta(seconds=1))

    order = list(made_in_order(at=at))[:8]

    assert [one in hers for one in order] == [True, False] * 4


def test_what_another_waits_for_too_comes_at_the_sooner_turn(
    version: CourseVersion, amara: User, eve: User, at: datetime
) -> None:
    many(version, amara, first_ms=50_000, count=9, at=at)
    last = actions.want(version, "settle", milliseconds=70_000, by=amara, at=at)

    shared = actions.want(version, "settle", milliseconds=70_000, by=eve, at=at)

    assert (last.turn, shared.turn) == (9, 0)


def test_nobody_is_named_any_more_once_it_is_made(version: CourseVersion, amara: User, at: datetime) -> None:
    due = actions.want(version, "settle", milliseconds=70_000, by=amara, at=at)
    waited = due.wanted_by

    made = put_on_shelf(due, at=at)

    assert (waited, made.wanted_by) == (amara, None)
