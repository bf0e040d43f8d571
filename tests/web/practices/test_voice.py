"""Voice notes: sealed as text is, kept once, heard by whoever spoke them and by nobody else."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from heartwood.web.kit.ids import new_id
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from heartwood.web.practices import actions, records
from heartwood.web.practices.models import LetGo, VoiceNote
from tests.web.practices.test_lines import _everything_stored
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
WEBM = b"\x1a\x45\xdf\xa3" + b"the kettle was loud " * 20
OGG, MP4 = b"OggS" + WEBM, b"\0\0\0\x20ftypisom" + WEBM


def _send(
    browser: Client,
    sound: bytes = WEBM,
    *,
    identity: object = None,
    kind: str = "audio/webm",
    ms: str = "4000",
) -> HttpResponse:
    path = f"/journal/voice/{identity or new_id()}/"
    return browser.post(path, sound, content_type=kind, headers={"X-Length-Ms": ms})


@pytest.mark.parametrize(("kind", "sound"), [("audio/webm", WEBM), ("audio/ogg", OGG), ("audio/mp4", MP4)])
def test_what_was_said_is_heard_again_whole_and_kept_by_no_cache(
    amara: User, signed_in: Browser, kind: str, sound: bytes
) -> None:
    browser, identity = signed_in(amara), new_id()

    answer = _send(browser, sound, identity=identity, kind=f"{kind};codecs=opus")
    heard = browser.get(f"/journal/voice/{identity}/", headers={"Range": "bytes=2-5"})

    assert (answer.status_code, answer.json()) == (200, {"id": str(identity)})
    assert (heard.status_code, heard.content, heard["Content-Type"]) == (200, sound, kind)
    assert (heard["Cache-Control"], heard["Accept-Ranges"]) == ("no-store, private", "none")
    assert "0:04" in browser.get("/journal/voice/").text


def test_nothing_that_the_database_holds_can_be_heard(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), new_id()
    _send(browser, identity=identity)
    _send(browser, OGG, kind="audio/ogg")
    browser.post(f"/journal/voice/{identity}/delete/")

    assert (VoiceNote.objects.count(), LetGo.objects.count()) == (1, 1)
    assert b"kettle" not in _everything_stored()


def test_sent_twice_it_is_one_and_another_under_its_id_is_kept_too(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), new_id()

    answers = [_send(browser, identity=identity).status_code for _ in range(2)]
    others = [_send(browser, OGG, identity=identity, kind="audio/ogg").status_code for _ in range(2)]

    assert (answers, others) == ([200, 200], [409, 409])
    assert sorted(VoiceNote.objects.values_list("media_type", flat=True)) == ["audio/ogg", "audio/webm"]


@pytest.mark.django_db(transaction=True)
def test_sent_by_ten_at_once_it_is_one(amara: User, at: datetime) -> None:
    identity = new_id()

    at_once(
        10,
        lambda n: actions.keep_voice_note(
            User.objects.get(), identity, WEBM, media_type="audio/webm", length_ms=4000, at=at
        ),
    )

    assert VoiceNote.objects.count() == 1


@pytest.mark.parametrize(
    ("sound", "kind", "ms"),
    [
        (b"<script>alert(1)</script>", "audio/webm", "4000"),
        (b"", "audio/webm", "4000"),
        (WEBM, "text/html", "4000"),
        (WEBM, "audio/mpeg", "4000"),
        (WEBM, "audio/webm", ""),
        (WEBM, "audio/webm", "0"),
        (WEBM, "audio/webm", "-5"),
        (WEBM, "audio/webm", "302001"),
        (WEBM + bytes(2_000_000), "audio/webm", "4000"),
    ],
)
def test_what_is_no_recording_or_too_long_is_refused_in_a_sentence(
    amara: User, signed_in: Browser, sound: bytes, kind: str, ms: str
) -> None:
    answer = _send(signed_in(amara), sound, kind=kind, ms=ms)

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert "Nothing was stored" in answer.json()["detail"]
    assert not VoiceNote.objects.exists()


def test_what_is_far_too_large_is_refused_before_it_is_read(amara: User, signed_in: Browser) -> None:
    answer = _send(signed_in(amara), WEBM + bytes(3_000_000))

    assert answer.status_code == 413
    assert not VoiceNote.objects.exists()


def test_there_is_an_end_to_the_room(
    amara: User, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST_VOICE_BYTES_TOGETHER", len(WEBM) + 10)
    browser = signed_in(amara)

    answers = [_send(browser), _send(browser, OGG, kind="audio/ogg")]

    assert [answer.status_code for answer in answers] == [200, 422]
    assert "Delete one" in answers[1].json()["detail"]


def test_a_deleted_note_comes_back_within_the_hour_as_it_was(amara: User, signed_in: Browser) -> None:
    browser, identity = signed_in(amara), new_id()
    _send(browser, identity=identity)

    browser.post(f"/journal/voice/{identity}/delete/")
    late = _send(browser, identity=identity)
    page = browser.get("/journal/voice/").text
    browser.post(f"/let-go/{identity}/bring-back/", {"list": "voice"})

    assert late.status_code == 404
    assert "Bring it back" in page and "A voice note" in page
    assert browser.get(f"/journal/voice/{identity}/").content == WEBM


def test_others_are_answered_as_about_what_never_was(amara: User, eve: User, signed_in: Browser) -> None:
    identity, other = new_id(), signed_in(eve)
    _send(signed_in(amara), identity=identity)

    answers = [
        other.get(f"/journal/voice/{identity}/"),
        _send(other, OGG, identity=identity, kind="audio/ogg"),
        other.post(f"/journal/voice/{identity}/delete/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert VoiceNote.objects.get().person == amara


def test_it_is_in_the_export_also_while_it_waits_and_an_erasure_takes_it(
    amara: User, signed_in: Browser, at: datetime
) -> None:
    browser, identity = signed_in(amara), new_id()
    _send(browser, identity=identity)
    [held] = holdings.collect_all(amara)["practices"]["voice_notes"]
    browser.post(f"/journal/voice/{identity}/delete/")
    [waiting] = holdings.collect_all(amara)["practices"]["can_be_brought_back"]

    assert b64decode(held["sound_base64"]) == b64decode(waiting["rows"][0]["sound_base64"]) == WEBM
    assert browser.get("/settings/export/page/").status_code == 200
    erasure.erase(amara, by=None, at=at)
    assert not VoiceNote.objects.exists() and not LetGo.objects.exists()
