"""Which slice of a file a Range header asks for, and how it is answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from heartwood.web.library import queries
from heartwood.web.library.models import Rendering
from heartwood.web.library.ranges import PastTheEnd, Slice, asked_slice
from heartwood.web.people.models import User
from tests.web.shelf import SOUND

Browser = Callable[[User], Client]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-", Slice(0, 999)),
        ("bytes=0-0", Slice(0, 0)),
        ("bytes=10-19", Slice(10, 19)),
        ("bytes=990-5000", Slice(990, 999)),
        ("bytes=-10", Slice(990, 999)),
        ("bytes=-5000", Slice(0, 999)),
        ("BYTES=999-", Slice(999, 999)),
    ],
)
def test_one_range_is_one_slice(header: str, expected: Slice) -> None:
    assert asked_slice(header, 1000) == expected


@pytest.mark.parametrize(
    "header",
    ["", "bytes=", "bytes=-", "bytes=20-10", "bytes=0-9,20-29", "bytes=a-b", "seconds=0-9", "bytes=--5",
     "bytes=1-2-3", "bytes=" + "9" * 19 + "-", "bytes=٣-٤"],
)  # fmt: skip
def test_what_is_no_single_range_is_answered_with_the_whole(header: str) -> None:
    assert asked_slice(header, 1000) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_a_range_that_holds_no_byte_is_past_the_end(header: str) -> None:
    with pytest.raises(PastTheEnd):
        asked_slice(header, 1000)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "content_range", "first", "last"),
    [
        ("bytes=0-", "bytes 0-999/1000", 0, 999),
        ("bytes=250-259", "bytes 250-259/1000", 250, 259),
        ("bytes=-7", "bytes 993-999/1000", 993, 999),
    ],
)
def test_a_slice_is_answered_with_206_the_first_slice_included(
    arrival: Rendering, client: Client, header: str, content_range: str, first: int, last: int
) -> None:
    answer = client.get(f"/sound/{arrival.id}.m4a", headers={"Range": header})

    assert (answer.status_code, answer["Content-Range"]) == (206, content_range)
    assert answer.getvalue() == SOUND[first : last + 1]
    assert answer["Content-Length"] == str(last + 1 - first)
    assert answer["Content-Type"] == "audio/mp4"


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["bytes=9-3", "bytes=0-9,20-29", "lines=1-2"])
def test_backwards_or_several_are_answered_with_the_whole(
    arrival: Rendering, client: Client, header: str
) -> None:
    answer = client.get(f"/sound/{arrival.id}.m4a", headers={"Range": header})

    assert (answer.status_code, answer.get("Content-Range")) == (200, None)
    assert answer.getvalue() == SOUND


@pytest.mark.django_db
def test_a_range_past_the_end_is_told_how_long_the_file_is(arrival: Rendering, client: Client) -> None:
    answer = client.get(f"/sound/{arrival.id}.m4a", headers={"Range": "bytes=1000-"})

    assert (answer.status_code, answer["Content-Range"], answer.content) == (416, "bytes */1000", b"")


@pytest.mark.django_db
def test_without_a_range_the_whole_file_comes_and_says_that_it_can_be_sliced(
    arrival: Rendering, client: Client
) -> None:
    answer = client.get(f"/sound/{arrival.id}.m4a")

    assert (answer.status_code, answer["Accept-Ranges"], answer["Content-Length"]) == (200, "bytes", "1000")
    assert answer.getvalue() == SOUND


@pytest.mark.django_db
def test_a_head_tells_the_size_and_brings_nothing(arrival: Rendering, client: Client) -> None:
    answer = client.head(f"/sound/{arrival.id}.m4a", headers={"Range": "bytes=0-9"})

    assert (answer.status_code, answer["Content-Length"], answer.getvalue()) == (200, "1000", b"")


@pytest.mark.django_db
def test_a_slice_on_the_condition_of_another_file_is_answered_with_the_whole(
    arrival: Rendering, client: Client
) -> None:
    address = f"/sound/{arrival.id}.m4a"
    tag = client.head(address)["ETag"]

    same = client.get(address, headers={"Range": "bytes=0-9", "If-Range": tag})
    other = client.get(address, headers={"Range": "bytes=0-9", "If-Range": '"another"'})

    assert (same.status_code, other.status_code) == (206, 200)


@pytest.mark.django_db
def test_a_sound_is_only_looked_at(arrival: Rendering, client: Client) -> None:
    assert client.post(f"/sound/{arrival.id}.m4a").status_code == 405


@pytest.mark.django_db
def test_a_stranger_hears_the_open_practice_and_no_other(
    arrival: Rendering, settle: Rendering, client: Client
) -> None:
    answers = [client.get(f"/sound/{one.id}.m4a").status_code for one in (arrival, settle)]
    progress = [client.get(f"/api/renderings/{one.id}").status_code for one in (arrival, settle)]

    assert answers == [200, 404]
    assert progress == [200, 404]


@pytest.mark.django_db
def test_a_stranger_never_starts_a_rendering(
    arrival: Rendering, amara: User, client: Client, signed_in: Browser
) -> None:
    address = f"/sound/{arrival.id}.m4a"
    (queries.sound_folder() / f"{arrival.id}.m4a").unlink()
    rows = Rendering.objects.count()

    for path in (
        address,
        "/sit/",
        "/sit/?minutes=1.5",
        "/practices/settle/",
        "/practices/settle/?minutes=1.5",
    ):
        client.get(path)
    after_the_stranger = Rendering.objects.get(id=arrival.id).state
    signed_in(amara).get(address)

    assert Rendering.objects.count() == rows
    assert after_the_stranger == "ready"
    assert Rendering.objects.get(id=arrival.id).state == "due"
