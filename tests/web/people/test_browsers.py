"""Where somebody is signed in, and ending it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heartwood.web.people import browsers
from heartwood.web.people.models import Session, User

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
PASSWORD = "a kettle on the hob"


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (PHONE, "Firefox, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_said_in_words(agent: str, kind: str) -> None:
    assert browsers.kind_of(agent) == kind


def test_signing_in_tells_which_browser_and_when(amara: User) -> None:
    before = timezone.now()

    phone = _signed_in_by_password(amara)

    (found,) = browsers.signed_in(amara, here=phone.session.session_key, at=timezone.now())
    assert (found.kind, found.is_this) == ("Firefox, Android", True)
    assert found.since is not None and before <= found.since <= timezone.now()
    assert "Firefox, Android" in phone.get("/settings/browsers/").content.decode()
    held = phone.get("/settings/export/").json()["people"]["signed_in_browsers"]
    assert held == [{"kind": "Firefox, Android", "signed_in_at": found.since.isoformat()}]


def test_whoever_comes_back_stays_signed_in(amara: User, signed_in: Browser) -> None:
    phone = signed_in(amara)
    now = timezone.now()
    Session.objects.update(expire_date=now + timedelta(days=88))

    answer = phone.get("/settings/")

    assert Session.objects.get().expire_date - now > timedelta(days=89)
    assert answer.cookies["sessionid"]["max-age"] == 90 * 24 * 60 * 60


def test_a_session_of_today_is_not_written_again(amara: User, signed_in: Browser) -> None:
    phone = signed_in(amara)
    ends = Session.objects.get().expire_date

    phone.get("/settings/")

    assert Session.objects.get().expire_date == ends


def test_one_other_browser_is_signed_out(amara: User, signed_in: Browser) -> None:
    here, lost, kept = signed_in(amara), signed_in(amara), signed_in(amara)
    (name,) = [one.name for one in _seen_from(lost, amara) if one.is_this]

    here.post("/settings/browsers/", {"browser": name})
    here.post("/settings/browsers/", {"browser": name})

    assert [_is_in(one) for one in (here, lost, kept)] == [True, False, True]


def test_all_other_browsers_are_signed_out(amara: User, eve: User, signed_in: Browser) -> None:
    here, other, eves = signed_in(amara), signed_in(amara), signed_in(eve)

    here.post("/settings/browsers/", {})

    assert [_is_in(one) for one in (here, other, eves)] == [True, False, True]


def test_nobody_ends_the_browser_of_somebody_else(amara: User, eve: User, signed_in: Browser) -> None:
    hers = signed_in(amara)
    (name,) = [one.name for one in _seen_from(hers, amara)]

    signed_in(eve).post("/settings/browsers/", {"browser": name})

    assert _is_in(hers)


def test_the_page_never_shows_what_would_open_a_session(amara: User, signed_in: Browser) -> None:
    here, other = signed_in(amara), signed_in(amara)

    page = here.get("/settings/browsers/").content.decode()

    assert str(here.session.session_key) not in page and str(other.session.session_key) not in page


def test_a_browser_from_before_a_new_password_is_not_listed(
    amara: User, signed_in: Browser, at: datetime
) -> None:
    signed_in(amara)
    amara.set_password(PASSWORD)
    amara.save()

    assert browsers.signed_in(amara, here=None, at=timezone.now()) == []


def test_sessions_that_have_run_out_are_dropped(amara: User, signed_in: Browser) -> None:
    signed_in(amara)

    browsers.forget_expired(at=timezone.now() + timedelta(days=89))
    assert Session.objects.count() == 1
    browsers.forget_expired(at=timezone.now() + timedelta(days=91))
    assert Session.objects.count() == 0


def _signed_in_by_password(person: User) -> Client:
    person.set_password(PASSWORD)
    person.save()
    client = Client(headers={"user-agent": PHONE})
    client.post("/sign-in/", {"email": person.email, "password": PASSWORD})
    return client


def _seen_from(client: Client, person: User) -> list[browsers.Browser]:
    return browsers.signed_in(person, here=client.session.session_key, at=timezone.now())


def _is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200
