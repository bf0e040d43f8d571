"""Who may open which address: every GET of the house, for a stranger, Amara, Eve and Bo the operator.

The table is complete by force: an address that it does not name fails a test, so nothing can be
added without saying whose it is. Amara has a sitting and a line; Eve, with an account of her own,
is answered about them as about what never was. The tiny course has no exercises, meetings or
further texts, so those are missing for everybody here; tests/web/today tells of courses that have them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User
from heartwood.web.practices.models import Reflection
from tests.web.practices.observed import half_a_minute, send

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SIGN_IN, OPEN, REFUSED, MISSING, WRONG_VERB, GONE = "sign in", 200, 403, 404, 405, 410
OWN_DOOR = "elsewhere"
"""A redirect to somewhere else than the sign-in page: the answer to whoever is in the wrong place."""

ON_THE_PATH = (SIGN_IN, OPEN, MISSING, MISSING)

ON_ITS_PATH = (MISSING, OPEN, MISSING, MISSING)
"""A sound of Amara's course: Eve and Bo are on no path, and are answered as of what never was."""

# address → (a stranger, Amara whose it is, Eve, Bo the operator)
RIGHTS: dict[str, tuple[object, object, object, object]] = {
    "": (OPEN,) * 4,
    "acts/": (SIGN_IN, OPEN, OPEN, OPEN),
    "acts/ACT/correct/": (SIGN_IN, OPEN, MISSING, MISSING),
    "acts/ACT/delete/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "acts/alone/": (OPEN,) * 4,
    "acts/propose/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "address/guessed/": (GONE,) * 4,
    "api/": (MISSING,) * 4,
    "api/openapi.json": (OPEN,) * 4,
    "api/reflections/LINE": (WRONG_VERB,) * 4,
    "api/acts/LINE": (WRONG_VERB,) * 4,
    "api/settings/LINE": (WRONG_VERB,) * 4,
    "api/renderings/OPEN-SOUND": (OPEN, OPEN, OPEN, OPEN),
    "api/renderings/SOUND": ON_ITS_PATH,
    "api/sittings/SITTING/events": (WRONG_VERB,) * 4,
    "begin/": (SIGN_IN, OWN_DOOR, OPEN, OPEN),
    "begin/tiny/": (SIGN_IN, OWN_DOOR, OPEN, OPEN),
    "calendar/guessed.ics": (MISSING,) * 4,
    "change/": (SIGN_IN, OWN_DOOR, OWN_DOOR, OWN_DOOR),
    "desk/": (SIGN_IN, REFUSED, REFUSED, OPEN),
    "desk/help-lines/guessed/confirm/": (SIGN_IN, REFUSED, REFUSED, WRONG_VERB),
    "desk/logs/": (SIGN_IN, REFUSED, REFUSED, OPEN),
    "desk/mail/": (SIGN_IN, REFUSED, REFUSED, WRONG_VERB),
    "desk/sign-up/": (SIGN_IN, REFUSED, REFUSED, WRONG_VERB),
    "for-teachers/": ON_THE_PATH,
    "fresh/": (OPEN,) * 4,
    "healthz": (OPEN,) * 4,
    "help/": (OPEN,) * 4,
    "how-it-was/": ON_THE_PATH,
    "imprint/": (MISSING,) * 4,
    "in-the-way/": (SIGN_IN, *(MISSING,) * 3),
    "growth/": (SIGN_IN, OPEN, OWN_DOOR, OWN_DOOR),
    "growth/shown/": (SIGN_IN, OPEN, OPEN, OPEN),
    "path/monthly/": (SIGN_IN, OPEN, OPEN, OPEN),
    "invitations/": (SIGN_IN, REFUSED, REFUSED, OPEN),
    "api/journal/LINE": (WRONG_VERB,) * 4,
    "journal/": (SIGN_IN, OPEN, OPEN, OPEN),
    "journal/PAGE/": (SIGN_IN, OPEN, MISSING, MISSING),
    "journal/PAGE/delete/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "journal/PAGE/edit/": (SIGN_IN, OPEN, MISSING, MISSING),
    "journal/PAGE/versions/LINE/part/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "journal/as/md/": (SIGN_IN, OPEN, OPEN, OPEN),
    "journal/day/": (SIGN_IN, OPEN, OPEN, OPEN),
    "journal/letters/": (SIGN_IN, OPEN, OPEN, OPEN),
    "journal/letters/LETTER/": (SIGN_IN, OPEN, MISSING, MISSING),
    "journal/letters/LETTER/decline/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "journal/letters/LETTER/delete/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "journal/letters/LETTER/open/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "journal/letters/LETTER/put-off/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "journal/voice/": (SIGN_IN, OPEN, OPEN, OPEN),
    "journal/voice/VOICE/": (SIGN_IN, OPEN, MISSING, MISSING),
    "journal/voice/VOICE/delete/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "journal/new/": (SIGN_IN, OPEN, OPEN, OPEN),
    "journal/search/": (SIGN_IN, OPEN, OPEN, OPEN),
    "join/guessed/": (MISSING,) * 4,
    "let-go/LINE/bring-back/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "library/": ON_THE_PATH,
    "lines/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "lines/LINE/delete/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "mail/stop/guessed/": (MISSING,) * 4,
    "meetings/orientation/": (SIGN_IN, *(MISSING,) * 3),
    "metrics": (MISSING,) * 4,
    "moment/": (OPEN,) * 4,
    "offline/": (OPEN,) * 4,
    "offline/plan/": (SIGN_IN, OPEN, OPEN, OPEN),
    "path/": (SIGN_IN, OPEN, OWN_DOOR, OWN_DOOR),
    "path/after/": (SIGN_IN, *(OWN_DOOR,) * 3),
    "path/again/": (SIGN_IN, *(OWN_DOOR,) * 3),
    "path/leave/": (SIGN_IN, OPEN, OWN_DOOR, OWN_DOOR),
    "path/left/": (SIGN_IN, OWN_DOOR, OPEN, OPEN),
    "path/turn/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "path/when-and-where/": (SIGN_IN, OPEN, OWN_DOOR, OWN_DOOR),
    "practices/settle/": (SIGN_IN, OPEN, OWN_DOOR, OWN_DOOR),
    "privacy/": (OPEN,) * 4,
    "readyz": (OPEN,) * 4,
    "reminded/": (SIGN_IN, OPEN, OPEN, OPEN),
    "reminders/": (SIGN_IN, OPEN, OPEN, OPEN),
    "reminders/answer/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "reminders/devices/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "reminders/devices/SITTING/remove/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "reminders/calendar/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "reminders/words/": (SIGN_IN, OPEN, OPEN, OPEN),
    "settings/": (SIGN_IN, OPEN, OPEN, OPEN),
    "settings/address/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "settings/bring/": (SIGN_IN, OPEN, OPEN, OPEN),
    "locked/": (SIGN_IN, *(OWN_DOOR,) * 3),
    "locked/now/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "settings/lock/": (SIGN_IN, OPEN, OPEN, OPEN),
    "settings/discreet/": (SIGN_IN, OPEN, OPEN, OPEN),
    "settings/browsers/": (SIGN_IN, OPEN, OPEN, OPEN),
    "settings/erase/": (SIGN_IN, OPEN, OPEN, OPEN),
    "settings/export/": (SIGN_IN, OPEN, OPEN, OPEN),
    "settings/export/page/": (SIGN_IN, OPEN, OPEN, OPEN),
    "settings/password/": (SIGN_IN, OPEN, OPEN, OPEN),
    "settings/way-back/": (SIGN_IN, OPEN, OPEN, OPEN),
    "shelf/": (SIGN_IN, OPEN, OWN_DOOR, OWN_DOOR),
    "sign-in/code/": (MISSING,) * 4,
    "sign-in/code/type/": (MISSING,) * 4,
    "sit/": (OPEN,) * 4,
    "sittings/": (SIGN_IN, OPEN, OPEN, OPEN),
    "sittings/SITTING/correct/": (SIGN_IN, OPEN, MISSING, MISSING),
    "sittings/SITTING/delete/": (SIGN_IN, OPEN, MISSING, MISSING),
    "sittings/add/": (SIGN_IN, OPEN, OPEN, OPEN),
    "sound/OPEN-SOUND.m4a": (OPEN,) * 4,
    "sound/SOUND.captions.vtt": ON_ITS_PATH,
    "sound/SOUND.chapters.vtt": ON_ITS_PATH,
    "sound/SOUND.m4a": ON_ITS_PATH,
    "sw.js": (OPEN,) * 4,
    "terms/": (MISSING,) * 4,
    "texts/": ON_THE_PATH,
    "texts/welcome/": (SIGN_IN, *(MISSING,) * 3),
    "today/": (SIGN_IN, OPEN, OWN_DOOR, OWN_DOOR),
    "today/hard-night/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "unguided/": (SIGN_IN, OPEN, OPEN, OPEN),
    "weeks/": (SIGN_IN, OPEN, OWN_DOOR, OWN_DOOR),
    "weeks/1/": (SIGN_IN, OPEN, MISSING, MISSING),
    "weeks/1/check/": (SIGN_IN, *(MISSING,) * 3),
    "weeks/1/class/": (SIGN_IN, *(MISSING,) * 3),
    "weeks/1/exercises/two/": (SIGN_IN, *(MISSING,) * 3),
    "weeks/1/letter/": (SIGN_IN, *(MISSING,) * 3),
    "weeks/1/reading/": (SIGN_IN, OPEN, MISSING, MISSING),
    "weeks/1/reading/listen/": (SIGN_IN, *(WRONG_VERB,) * 3),
    "weeks/1/reflection/": (SIGN_IN, *(MISSING,) * 3),
    "weeks/1/research/": (SIGN_IN, *(MISSING,) * 3),
}

ALLAUTHS_OWN = {"sign-in/", "sign-out/", "sign-in/passkey/", "settings/confirm/", "settings/confirm/passkey/",
                "settings/passkeys/", "settings/passkeys/add/", "settings/passkeys/N/remove/",
                "sign-in/second-step/", "settings/confirm/code/", "settings/second-step/",
                "settings/second-step/remove/", "settings/second-step/codes/",
                "settings/second-step/codes/new/"}  # fmt: skip
"""Behind these allauth decides, after signing in again: tests/web/people/test_signing_in.py and
test_second_step.py."""


@pytest.fixture
def things(amara: User, signed_in: Browser, begin: Callable[..., Enrolment], arrival: Rendering,
           settle: Rendering, at: datetime) -> dict[str, UUID]:  # fmt: skip
    """What belongs to Amara or to the house, by its name in the table."""
    begin(amara, starts_on=at.date())
    sitting, line, act, page, letter, voice = (new_id() for _ in range(6))
    send(signed_in(amara), sitting, settle, half_a_minute(at))
    signed_in(amara).post(
        "/lines/", {"id": str(line), "sitting": str(sitting), "body": "The kettle was loud."}
    )
    signed_in(amara).post("/acts/", {"id": str(act), "line": "I held the lift."})
    signed_in(amara).post(f"/journal/{page}/edit/", {"writing": str(page), "body": "It rained."})
    sound, length = b"\x1a\x45\xdf\xa3 and so on", {"X-Length-Ms": "900"}
    signed_in(amara).post(f"/journal/voice/{voice}/", sound, content_type="audio/webm", headers=length)
    told = {"id": str(letter), "body": "It rained.", "opens_on": "2030-01-01"}
    signed_in(amara).post("/journal/letters/", told)
    assert Reflection.objects.filter(id=page, person=amara).exists()
    assert Reflection.objects.filter(id=line, person=amara).exists()
    return {
        "SITTING": sitting,
        "LINE": line,
        "ACT": act,
        "PAGE": page,
        "LETTER": letter,
        "VOICE": voice,
        "OPEN-SOUND": arrival.id,
        "SOUND": settle.id,
    }


@pytest.mark.parametrize("address", RIGHTS)
def test_each_address_answers_each_of_the_cast_as_is_written(
    address: str, things: dict[str, UUID], amara: User, eve: User, bo: User, signed_in: Browser
) -> None:
    path = "/" + re.sub(r"[A-Z][A-Z-]+", lambda name: str(things[name[0]]), address)

    answers = [_answer(browser, path) for browser in (Client(), *map(signed_in, (amara, eve, bo)))]

    assert answers == list(RIGHTS[address])


def test_no_address_is_missing_from_the_table() -> None:
    told = {_shape(address) for address in {*RIGHTS, *ALLAUTHS_OWN}}

    assert sorted({_shape(address) for address in _addresses(get_resolver().url_patterns)} ^ told) == []


def _answer(browser: Client, path: str) -> object:
    response = browser.get(path)
    if response.status_code != 302:
        return response.status_code
    return SIGN_IN if response["Location"].startswith("/sign-in/") else OWN_DOOR


def _addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _addresses(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern)


def _shape(address: str) -> str:
    """An address with every part that varies made alike."""
    address = re.sub(r"(meetings/|exercises/|texts/|begin/|journal/as/)[a-z]+", r"\1*", address)
    return re.sub(r"<[^>]+>|\b[A-Z][A-Z-]*\b|\bguessed\b|(?<=practices/)settle|(?<=weeks/)1", "*", address)
