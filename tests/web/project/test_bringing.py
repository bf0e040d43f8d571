"""Bringing one's things from another server: all or nothing, once however often, and kind about bad files."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.utils import timezone

from heartwood.web.care import actions as care
from heartwood.web.cohorts import actions as cohorts
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people import actions, bringing, erasure, holdings, luggage, unpacking
from heartwood.web.people.models import Brought, User
from heartwood.web.practices import actions as practices
from heartwood.web.practices import records
from heartwood.web.practices.models import Deleted, Reflection, Sitting, SittingEvent, Twin
from tests.web.practices.observed import half_a_minute, send

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
RECORDING = b"OggS and then what was said"
HOSTILE = '</dd><script>alert(1)</script><img src=x onerror=alert(2)> "&" ’'


@pytest.fixture
def taken(
    amara: User, signed_in: Browser, begin: Callable[..., Enrolment], settle: Rendering, at: datetime
) -> dict[str, Any]:
    """What Amara took from the other server, where she is gone now: a path, sittings, lines, settings."""
    begin(amara, starts_on=at.date())
    browser = signed_in(amara)
    sitting = new_id()
    send(browser, sitting, settle, half_a_minute(timezone.now()))
    by_hand = {
        "id": str(new_id()),
        "day": "2026-11-20",
        "time": "07:30",
        "minutes": "12",
        "title": "<b>Dawn</b>",
    }
    assert browser.post("/sittings/add/", by_hand).status_code == 302
    for body, about in ((HOSTILE, str(sitting)), ("The kettle was loud.", "")):
        browser.post("/lines/", {"id": str(new_id()), "sitting": about, "body": body})
    gone = new_id()
    browser.post("/lines/", {"id": str(gone), "body": "Not for long."})
    browser.post(f"/lines/{gone}/delete/")
    browser.post("/today/hard-night/")
    browser.post("/acts/", {"id": str(new_id()), "line": HOSTILE, "direction": "self"})
    page = practices.Written(HOSTILE, ("door",), "What was heard?")
    practices.keep_reflection(amara, new_id(), page, saving=practices.Saving(new_id()), at=at)
    practices.keep_letter(amara, new_id(), body="Open the window.", opens_on=date(2027, 1, 1), at=at)
    practices.keep_voice_note(amara, new_id(), RECORDING, media_type="audio/ogg", length_ms=3_000, at=at)
    care.answer_week(amara, path=new_id(), week=1, since=at.date(), difficult="some", lasting="no", at=at)
    care.keep_self_check(amara, path=new_id(), week=3, ticked=["sleep"], leads="wait", at=at)
    cohorts.go_to(amara, 1, page=new_id(), at=at)
    cohorts.plan(amara, days_a_week=5, time=time(7), place="in the kitchen", length_ms=720_000, at=at)
    actions.describe(amara, at=at, day_boundary_minutes=300, counting_off=True)
    held: dict[str, Any] = browser.get("/settings/export/").json()
    erasure.erase(amara, by=None, at=at)
    assert (Sitting.objects.count(), Reflection.objects.count(), Enrolment.objects.count()) == (0, 0, 0)
    return held


@pytest.fixture
def new_amara(taken: dict[str, Any], at: datetime) -> User:
    """Amara with a new account, on the server she goes to."""
    return actions.create_person(actions.Account(name="Amara", email=None, time_zone="Europe/Berlin"), at=at)


def _file(held: Any) -> SimpleUploadedFile:
    raw = held if isinstance(held, bytes) else json.dumps(held).encode()
    return SimpleUploadedFile("everything.json", raw, "application/json")


def _give(browser: Client, held: Any) -> Any:
    return browser.post("/settings/bring/", {"file": _file(held)})


def _bring(browser: Client, held: Any, **more: str) -> Any:
    given = _give(browser, held)
    assert given.status_code == 302, given.text
    return browser.post("/settings/bring/", {"step": "bring", **more})


def _counts() -> list[int]:
    kinds: list[type[models.Model]] = [Enrolment, Sitting, SittingEvent, Reflection, Twin, Deleted]
    return [kind._default_manager.count() for kind in kinds]


def test_everything_that_is_accepted_is_afterwards_held_as_it_was(
    taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    browser = signed_in(new_amara)

    _bring(browser, taken, with_settings="on")
    held = browser.get("/settings/export/").json()

    accepted = {
        (room.name, part) for room in holdings.from_below() for kind in room.accepts for part in kind.parts
    }
    assert len(taken["practices"]["lines"]) == 2 and any(
        one["observations"] for one in taken["practices"]["sittings"]
    )
    assert taken["practices"]["lines"][0]["body"] == HOSTILE.strip()
    for part in ("reflections", "letters_to_oneself", "voice_notes"):
        assert len(taken["practices"][part]) == 1, part
    assert taken["care"]["weeks"] and taken["care"]["self_checks"]
    assert taken["today"]["hard_nights"] and taken["practices"]["caring_acts"]
    assert taken["cohorts"]["paths"][0]["turns"] and taken["cohorts"]["paths"][0]["rhythm"]
    for room, part in accepted:
        if part in taken[room]:
            assert held[room][part] == taken[room][part], part
    assert held["people"]["name"] == "Amara"


def test_what_would_come_is_shown_first_and_nothing_is_in_yet(
    taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    browser = signed_in(new_amara)

    _give(browser, taken)
    page = browser.get("/settings/bring/").text

    assert "This would come" in page and "Nothing is in yet" in page
    assert "<dt>Sittings</dt>\n    <dd>2 new.</dd>" in page
    assert "A passkey opens one server only" not in page and "No way in leaves" not in page
    assert _counts() == [0, 0, 0, 0, 0, 0]
    new_amara.refresh_from_db()
    assert (new_amara.time_zone, new_amara.counting_off) == ("Europe/Berlin", False)


def test_bringing_it_twice_changes_nothing(
    taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    browser = signed_in(new_amara)
    _bring(browser, taken, with_settings="on")
    first, before = _counts(), browser.get("/settings/export/").json()

    again = _bring(browser, taken, with_settings="on")
    after = browser.get("/settings/export/").json()

    assert "0 new. 2 here already." in again.text
    assert _counts() == first
    assert _without_times(after) == _without_times(before)


def test_what_was_changed_or_deleted_here_since_stays_so(
    taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    browser = signed_in(new_amara)
    _bring(browser, taken)
    sitting, line = (
        Sitting.objects.filter(by_hand=True).get(),
        Reflection.objects.filter(sitting=None, kind="line").get(),
    )
    browser.post(f"/sittings/{sitting.id}/correct/", {"minutes": "20"})
    browser.post(f"/lines/{line.id}/delete/")

    _bring(browser, taken)

    assert Sitting.objects.get(id=sitting.id).corrected_ms == 20 * 60_000
    assert not Reflection.objects.filter(id=line.id).exists()


def test_ids_of_somebody_else_are_as_ids_that_never_were(
    taken: dict[str, Any], new_amara: User, eve: User, signed_in: Browser
) -> None:
    _bring(signed_in(new_amara), taken)
    hers = {str(one) for one in Reflection.objects.values_list("id", flat=True)}
    browser = signed_in(eve)

    first = _bring(browser, taken)
    counts = _counts()
    _bring(browser, taken)

    eves = Reflection.objects.filter(person=eve)
    assert "<dd>2 new.</dd>" in first.text
    assert _counts() == counts
    assert {str(one.id) for one in eves} & hers == set()
    assert {one.id.version for one in eves} == {7}
    assert {str(one.id) for one in Reflection.objects.exclude(person=eve)} == hers
    assert eves.exclude(sitting=None).get().sitting.person_id == eve.id
    assert Sitting.objects.filter(person=eve, by_hand=False).get().enrolment.person_id == eve.id
    held = browser.get("/settings/export/").json()
    assert [one["body"] for one in held["practices"]["lines"]] == [
        one["body"] for one in taken["practices"]["lines"]
    ]


def test_a_line_of_here_with_the_same_id_and_other_words_is_kept_beside(
    taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    browser = signed_in(new_amara)
    _bring(browser, taken)
    taken["practices"]["lines"][1]["body"] = "The kettle was very loud."

    for _ in range(2):
        _bring(browser, taken)

    [twin] = browser.get("/settings/export/").json()["practices"]["came_twice"]
    assert twin["content"] == "The kettle was very loud."
    assert Reflection.objects.filter(kind="line").count() == 2


@pytest.mark.parametrize(
    ("part", "kind"),
    [("caring_acts", "act"), ("reflections", "reflection"), ("letters_to_oneself", "letter")],
)
def test_so_is_every_other_piece_that_says_something_else(
    taken: dict[str, Any], new_amara: User, signed_in: Browser, part: str, kind: str
) -> None:
    browser = signed_in(new_amara)
    _bring(browser, taken)
    taken["practices"][part][0]["body"] = "Something else."

    for _ in range(2):
        _bring(browser, taken)

    held = browser.get("/settings/export/").json()["practices"]
    [twin] = held["came_twice"]
    assert (twin["kind"], len(held[part])) == (kind, 1)
    assert "Something else." in twin["content"]


def test_recordings_that_do_not_fit_here_leave_everything_where_it_is(
    taken: dict[str, Any], new_amara: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST_VOICE_BYTES_TOGETHER", len(RECORDING) - 1)
    told = luggage.unpack(json.dumps(taken).encode())

    with pytest.raises(luggage.Refused, match="no more room for voice notes"):
        bringing.bring(new_amara, told, holdings=holdings.from_below(), with_settings=True, at=at)

    assert _counts() == [0, 0, 0, 0, 0, 0]


def test_without_the_version_of_the_course_the_history_comes_alone(
    taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    taken["cohorts"]["paths"][0]["course_version"] = "0" * 64
    browser = signed_in(new_amara)

    _give(browser, taken)
    told = browser.get("/settings/bring/").text
    browser.post("/settings/bring/", {"step": "bring"})

    assert "This server does not have “tiny” in the version you were on." in told
    assert not Enrolment.objects.exists()
    assert [one.enrolment_id for one in Sitting.objects.all()] == [None, None]


def test_whoever_is_on_a_path_here_stays_on_it(
    taken: dict[str, Any], new_amara: User, signed_in: Browser, begin: Callable[..., Enrolment], at: datetime
) -> None:
    of_here = begin(new_amara, starts_on=at.date())

    _bring(signed_in(new_amara), taken)

    states = dict(Enrolment.objects.filter(person=new_amara).values_list("id", "state"))
    assert states.pop(of_here.id) == "active"
    assert list(states.values()) == ["left"]


def test_settings_come_only_when_they_are_asked_for(
    taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    browser = signed_in(new_amara)

    _bring(browser, taken)
    without = _settings(new_amara)
    _bring(browser, taken, with_settings="on")

    assert without == ("Europe/Berlin", 240, False)
    assert _settings(new_amara) == ("Africa/Lagos", 300, True)


def test_a_time_zone_that_exists_no_more_costs_nothing(
    taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    taken["people"]["time_zone"] = "Mars/Olympus"
    taken["practices"]["sittings"][0]["zone"] = "Mars/Olympus"

    page = _bring(signed_in(new_amara), taken, with_settings="on")

    assert "“Mars/Olympus” is not known here" in page.text
    assert _settings(new_amara) == ("Europe/Berlin", 300, True)
    assert set(Sitting.objects.values_list("zone", flat=True)) == {"Africa/Lagos", "Europe/Berlin"}


def test_script_in_it_stays_text(taken: dict[str, Any], new_amara: User, signed_in: Browser) -> None:
    taken["<script>alert(3)</script>"] = {"x": 1}
    taken["practices"]["<img src=x>"] = [1]
    browser = signed_in(new_amara)

    _give(browser, taken)
    looked = browser.get("/settings/bring/").text
    browser.post("/settings/bring/", {"step": "bring"})
    history = browser.get("/sittings/").text

    assert "alert(3)&lt;/script&gt;" in looked and "This server does not know it yet." in looked
    for page in (looked, history):
        assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in history and "&lt;b&gt;Dawn" in history


BAD = {
    "newer": (lambda held: {**held, "heartwood": {**held["heartwood"], "format": 2}},
              "made by a newer Heartwood (format 2; this server reads up to 1)"),
    "of no format": (lambda held: {**held, "heartwood": {"made_at": "2026-11-24T12:00:00Z"}},
                     "does not say in which format"),
    "of no time": (lambda held: {**held, "heartwood": {"format": 1, "made_at": "noon"}}, "when it was made"),
    "truncated": (lambda held: json.dumps(held).encode()[:-200], "ends too soon"),
    "cut in a word": (lambda held: json.dumps(held).encode().partition(b"kettle")[0],
                      "ends too soon"),
    "no JSON": (lambda held: b'{"heartwood":\n {format: 1}}', "no JSON from line 2 on"),
    "a picture": (lambda held: b"\x89PNG\r\n\x1a\n\x00\xff", "no JSON"),
    "empty": (lambda held: b" ", "ends too soon"),
    "the page for reading": (lambda held: b"<!doctype html><p>everything", "the page for reading"),
    "somebody else's JSON": (lambda held: {"users": []}, "not one that Heartwood made"),
    "a list": (lambda held: b"[1, 2]", "not one that Heartwood made"),
    "rooms that are none": (lambda held: {**held, "practices": "all of it"}, "not one that Heartwood made"),
    "nested without end": (lambda held: b"[" * 200_000, "nested too deep"),
    "no number": (lambda held: b'{"heartwood": {"format": NaN}}', "no JSON"),
    "a long number": (lambda held: b'{"heartwood": {"format": ' + b"9" * 10_000 + b"}}", "no JSON"),
    "a broken sitting": (lambda held: _with(held, "practices", "sittings", 1, "began_at", "yesterday"),
                         "Sittings 2, &quot;began_at&quot;"),
    "a year long ago": (lambda held: _with(held, "practices", "sittings", 0, "began_at", "0001-01-01T00:00Z"),
                        "&quot;began_at&quot;"),
    "a sitting of years": (lambda held: _with(held, "practices", "sittings", 0, "practised_seconds", 1e12),
                           "practised_seconds"),
    "an id that is none": (lambda held: _with(held, "practices", "lines", 0, "id", "1"), "Private lines 1"),
    "a long line": (lambda held: _with(held, "practices", "lines", 1, "body", "a" * 10_001), "10,000 fit"),
    "lines that are no list": (lambda held: _with(held, "practices", "lines", None, None, "all"),
                               "Private lines"),
    "a broken setting": (lambda held: _with(held, "people", "day_boundary_minutes", None, None, 9999),
                         "Your settings 1, &quot;day_boundary_minutes&quot;"),
}  # fmt: skip


def _with(
    held: dict[str, Any], room: str, kind: str, number: int | None, field: str | None, value: Any
) -> Any:
    if number is None:
        held[room][kind] = value
    else:
        held[room][kind][number][field] = value
    return held


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_a_clear_sentence_and_nothing_is_stored(
    fault: str, taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    spoil, sentence = BAD[fault]
    before = _counts()

    answer = _give(signed_in(new_amara), spoil(taken))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert _counts() == before
    assert not Brought.objects.exists()


def test_a_file_that_is_too_large_is_read_past_and_kept_nowhere(
    new_amara: User, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(luggage, "LARGEST", 300_000)

    answers = [_give(signed_in(new_amara), b"x" * size) for size in (300_001, 2_000_000)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("larger than 20 MB" in answer.text for answer in answers)
    assert not Brought.objects.exists()


def test_nothing_chosen_is_said(new_amara: User, signed_in: Browser) -> None:
    answer = signed_in(new_amara).post("/settings/bring/", {})

    assert (answer.status_code, "Choose the file first." in answer.text) == (422, True)


def test_the_form_is_protected_like_every_other(new_amara: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(new_amara, backend="django.contrib.auth.backends.ModelBackend")

    assert _give(client, {}).status_code == 403


def test_halves_of_signs_and_nul_are_mended(
    taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    raw = json.dumps(taken).replace("The kettle", "Half \\ud83d and \\u0000nothing")

    _bring(signed_in(new_amara), raw.encode())

    bodies = [
        one["body"] for one in signed_in(new_amara).get("/settings/export/").json()["practices"]["lines"]
    ]
    assert "Half \ufffd and nothing was loud." in bodies


def test_a_file_that_fails_halfway_leaves_nothing(
    taken: dict[str, Any], new_amara: User, at: datetime
) -> None:
    told = luggage.unpack(json.dumps(_with(taken, "practices", "lines", 1, "body", "")).encode())

    with pytest.raises(luggage.Refused):
        bringing.bring(new_amara, told, holdings=holdings.from_below(), with_settings=True, at=at)

    assert _counts() == [0, 0, 0, 0, 0, 0]


def test_the_waiting_file_is_sealed_and_is_let_go_of(
    taken: dict[str, Any], new_amara: User, signed_in: Browser
) -> None:
    now = timezone.now()
    browser = signed_in(new_amara)
    _give(browser, taken)
    sealed = bytes(Brought.objects.get().sealed)

    forgotten = [unpacking.forget(at=now + timedelta(minutes=minutes)) for minutes in (50, 70)]
    _give(browser, taken)
    browser.post("/settings/bring/", {"step": "leave"})

    assert b"kettle" not in sealed and b"heartwood" not in sealed
    assert forgotten == [False, True]
    assert not Brought.objects.exists()


def test_pressing_twice_brings_once(taken: dict[str, Any], new_amara: User, signed_in: Browser) -> None:
    browser = signed_in(new_amara)
    _bring(browser, taken)
    counts = _counts()

    again = browser.post("/settings/bring/", {"step": "bring"})

    assert (again.status_code, again["Location"]) == (302, "/settings/bring/")
    assert _counts() == counts


def test_every_collected_kind_is_accepted_or_says_why_not(new_amara: User) -> None:
    for room in holdings.from_below():
        parts = [part for kind in room.accepts for part in kind.parts]
        assert sorted([*parts, *room.stays]) == sorted(room.collect(new_amara)), room.name


def test_an_id_made_anew_is_always_the_same_and_keeps_its_moment(at: datetime) -> None:
    person, other = new_id(), UUID("018f0000-1234-7abc-8def-0123456789ab")

    made = bringing._own_id(person, other)

    assert made == bringing._own_id(person, other) != bringing._own_id(new_id(), other)
    assert (made.version, made.variant, made.int >> 80) == (7, other.variant, other.int >> 80)


def _settings(person: User) -> tuple[str, int, bool]:
    person.refresh_from_db()
    return person.time_zone, person.day_boundary_minutes, person.counting_off


def _without_times(held: dict[str, Any]) -> dict[str, Any]:
    return {**held, "heartwood": None}


def test_the_course_version_is_found_by_its_hash(taken: dict[str, Any], new_amara: User) -> None:
    assert CourseVersion.objects.filter(hash=taken["cohorts"]["paths"][0]["course_version"]).exists()
