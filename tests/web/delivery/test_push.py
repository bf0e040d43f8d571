"""Push: only its browser can read it, at most once, to no private address, quiet about who is gone."""

from __future__ import annotations

import socket
import threading
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings as of_the_house
from django.db import connection
from django.utils import timezone

from heartwood.web.delivery import actions, devices, push, queries, tasks, webpush
from heartwood.web.delivery.models import Device, Due
from heartwood.web.delivery.push import Sender
from heartwood.web.delivery.smtp import Verdict
from heartwood.web.delivery.webpush import Browser
from heartwood.web.people import erasure, holdings
from heartwood.web.people.models import User
from tests.push_service import Answer, Phone, PushService, push_service, sender_of
from tests.web.threads import at_once

pytestmark = pytest.mark.django_db
RUNNING = threading.Event()
MESSAGE = b'{"title": "A reminder"}'


@pytest.fixture
def service(tmp_path: Path) -> Iterator[PushService]:
    with push_service(tmp_path) as opened:
        yield opened


@pytest.fixture
def sender(service: PushService, settings: Any) -> Sender:
    """This house, allowed to send to this machine and to believe the service's certificate."""
    settings.PUSH = Sender(
        of_the_house.SECRETS.push_key, "https://heartwood.example.org", anywhere=True, trust=service.trust
    )
    return settings.PUSH


def browser_of(phone: Phone) -> Browser:
    return Browser(phone.endpoint, phone.p256dh, phone.auth)


def queue(device: Device, *, key: str = "k") -> None:
    wish = actions.Wish("push", "test", key, device.id.hex, MESSAGE, person=device.person_id)
    actions.queue(wish, at=timezone.now())


@pytest.fixture
def queued(service: PushService, sender: Sender, amara: User, at: datetime) -> Phone:
    """Amara's phone, for which a message is due."""
    phone = service.phone()
    queue(devices.add(amara, browser_of(phone), kind="Firefox, Android", at=at))
    return phone


def drain(sender: Sender) -> None:
    tasks.drain_push(sender, by="worker", stopped=RUNNING)


def wake_up() -> None:
    Due.objects.filter(state="due").update(not_before=timezone.now() - timedelta(seconds=1))


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_example_of_the_standard_comes_out_to_the_byte():
    """RFC 8291, section 5 and appendix A."""
    browser = Browser(
        "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    key = ec.derive_private_key(
        int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )

    sealed = webpush.seal(
        b"When I grow up, I want to be a watermelon",
        browser, key=key, salt=raw("DGv6ra1nlYgDCS1FRnbzlw"), length=0,
    )  # fmt: skip

    assert webpush.to_base64(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
        "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_it_goes_out_once_and_only_the_browser_can_read_it(
    queued: Phone, service: PushService, sender: Sender
) -> None:
    drain(sender)
    drain(sender)

    [given] = service.given
    row = Due.objects.get()
    assert (row.state, row.sealed, row.answer) == ("sent", None, "201")
    assert queued.opened(given.body) == {"title": "A reminder"}
    assert b"reminder" not in given.body
    assert given.headers["Content-Encoding"] == "aes128gcm"


def test_the_service_learns_who_sends_and_no_more(
    queued: Phone, service: PushService, sender: Sender
) -> None:
    drain(sender)

    [given] = service.given
    note = sender_of(given.headers["Authorization"])
    assert note["aud"] == f"https://localhost:{service.port}"
    assert note["sub"] == "https://heartwood.example.org"
    assert note["exp"] <= timezone.now().timestamp() + 86_400
    assert note["key"] == webpush.public_half(sender.key())
    assert sorted(given.headers) == [
        "Accept-Encoding", "Authorization", "Content-Encoding", "Content-Length", "Content-Type", "Host",
        "TTL", "Urgency",
    ]  # fmt: skip


def test_the_length_tells_nothing(service: PushService, sender: Sender) -> None:
    browser = browser_of(service.phone())
    for message in (b"{}", b'{"title": "A longer one"}'):
        push.send(message, browser, sender, at=timezone.now())

    assert len({len(given.body) for given in service.given}) == 1


@pytest.mark.parametrize("answer", [Answer.IS_GONE, Answer.KNOWS_NO_SUCH])
def test_a_browser_that_is_gone_is_let_go_of_quietly(
    answer: Answer, queued: Phone, service: PushService, sender: Sender
) -> None:
    service.answers = lambda: answer

    drain(sender)

    assert (Due.objects.get().state, Device.objects.count()) == ("unwanted", 0)
    assert queries.newest(limit=9, states=queries.CONCERNING) == []


@pytest.mark.parametrize("answer", [Answer.TAKES_AND_HANGS_UP, Answer.BREAKS])
def test_what_may_have_gone_is_unknown_and_never_sent_again(
    answer: Answer, queued: Phone, service: PushService, sender: Sender
) -> None:
    service.answers = lambda: answer
    drain(sender)
    service.answers = lambda: Answer.TAKES

    wake_up()
    drain(sender)

    assert (Due.objects.get().state, len(service.given)) == ("unknown", 1 if answer.value == 0 else 0)


@pytest.mark.parametrize("answer", [Answer.ASKS_TO_WAIT, Answer.IS_AWAY])
def test_what_was_surely_not_taken_is_tried_again_later(
    answer: Answer, queued: Phone, service: PushService, sender: Sender
) -> None:
    service.answers = lambda: answer
    drain(sender)
    assert (Due.objects.get().state, Due.objects.get().tries) == ("due", 1)
    service.answers = lambda: Answer.TAKES

    wake_up()
    drain(sender)

    assert (Due.objects.get().state, len(service.given)) == ("sent", 1)


def test_nobody_is_followed_elsewhere(queued: Phone, service: PushService, sender: Sender) -> None:
    service.answers = lambda: Answer.LEADS_ELSEWHERE

    drain(sender)

    assert (Due.objects.get().state, service.given) == ("refused", [])
    assert Due.objects.get().answer == "307 It leads elsewhere, and nobody is followed there."


def test_a_service_that_never_answers_holds_a_worker_for_a_while_only(
    queued: Phone, service: PushService, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "SECONDS", 0.5)
    service.answers = lambda: Answer.TAKES_AND_SAYS_NOTHING

    drain(sender)

    assert Due.objects.get().state == "unknown"


def test_where_nobody_listens_nothing_is_used_up_for_others(
    service: PushService, sender: Sender, amara: User, eve: User, at: datetime
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = Phone(7, port=free.getsockname()[1])
    queue(devices.add(eve, browser_of(nobody), kind="", at=at), key="nobody")
    queue(devices.add(amara, browser_of(service.phone()), kind="", at=at), key="hers")

    drain(sender)

    assert dict(Due.objects.values_list("key", "state")) == {"nobody": "due", "hers": "sent"}


def test_a_certificate_that_nobody_vouches_for_gets_nothing(
    queued: Phone, service: PushService, sender: Sender
) -> None:
    drain(Sender(sender.key, sender.contact, anywhere=True))

    assert (Due.objects.get().state, service.given) == ("due", [])
    assert "The connection is not safe" in Due.objects.get().answer


PRIVATE = ["10.0.0.1", "192.168.1.9", "127.0.0.1", "169.254.169.254", "[::1]", "[fd00::1]", "localhost",
           "server", "printer.local", "db.internal", "0.0.0.0", "100.64.0.1"]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_an_address_in_a_private_network_is_refused_when_it_is_given(
    host: str, amara: User, at: datetime
) -> None:
    phone = Phone(1, port=443)
    browser = Browser(f"https://{host}/push", phone.p256dh, phone.auth)

    with pytest.raises(push.Elsewhere):
        devices.add(amara, browser, kind="", at=at)

    assert Device.objects.count() == 0


@pytest.mark.parametrize(
    "endpoint",
    ["http://push.example.net/a", "https://push.example.net:8443/a", "https://", "ftp://push.example.net/a",
     "https://user:word@push.example.net/a", "https://push.example.net:port/a", "nonsense",
     "https://push.example.net/" + "a" * 2000, "https://pusch.exämple.net/a"],
)  # fmt: skip
def test_what_is_no_address_of_a_push_service_is_refused(endpoint: str) -> None:
    with pytest.raises(push.Elsewhere):
        push.checked(endpoint)


@pytest.mark.parametrize(
    "address",
    ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0", "224.0.0.1",
     "::"],
)  # fmt: skip
def test_a_private_address_in_other_clothes_is_one(address: str) -> None:
    assert not push.is_public(address)


def test_a_public_address_is_one() -> None:
    assert push.is_public("9.9.9.9") and push.is_public("2620:fe::fe")


def test_a_name_that_leads_into_a_private_network_is_refused_when_it_is_sent_to(
    service: PushService, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a name server would answer that somebody owns."""
    found = [(2, 1, 6, "", ("9.9.9.9", 443)), (2, 1, 6, "", ("127.0.0.1", service.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    phone = Phone(1, port=443, host="push.example.net")

    outcome = push.send(MESSAGE, browser_of(phone), Sender(sender.key, sender.contact), at=timezone.now())

    assert (outcome.verdict, service.given) == (Verdict.REFUSED, [])
    assert outcome.words == "This address lies in a private network. Nothing is sent there."


@pytest.mark.parametrize(("p256dh", "auth"), [("", ""), ("AAAA", "BTBZMqHH6r4Tts7J_aSIgg"), ("é", "x")])
def test_keys_that_are_none_are_refused(p256dh: str, auth: str, amara: User, at: datetime) -> None:
    with pytest.raises(webpush.NoBrowser):
        devices.add(amara, Browser("https://push.example.net/a", p256dh, auth), kind="", at=at)


def test_a_browser_belongs_to_whoever_added_it_last(
    service: PushService, sender: Sender, amara: User, eve: User, at: datetime
) -> None:
    browser = browser_of(service.phone())
    devices.add(amara, browser, kind="", at=at)
    devices.add(amara, browser, kind="", at=at)

    devices.add(eve, browser, kind="", at=at)

    assert list(Device.objects.values_list("person__name", flat=True)) == ["Eve"]


def test_of_more_than_ten_devices_the_oldest_goes(
    service: PushService, sender: Sender, amara: User, at: datetime
) -> None:
    for number in range(12):
        added = at + timedelta(minutes=number)
        devices.add(amara, browser_of(service.phone(number)), kind=str(number), at=added)

    assert [device.kind for device in devices.of(amara)] == [str(number) for number in range(11, 1, -1)]


def test_what_is_known_of_a_device_is_sealed_taken_along_and_erased(
    queued: Phone, amara: User, at: datetime
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM delivery_device")
        kept = repr([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])
    assert "localhost" not in kept and queued.p256dh not in kept
    held: dict[str, Any] = holdings.collect_all(amara)["delivery"]
    assert held["devices"] == [{"kind": "Firefox, Android", "added_at": at.isoformat()}]

    erasure.erase(amara, by=amara.id, at=at)

    assert (Device.objects.count(), Due.objects.count()) == (0, 0)


def test_a_device_that_was_taken_away_gets_nothing(
    queued: Phone, service: PushService, sender: Sender, amara: User, eve: User
) -> None:
    [device] = devices.of(amara)
    assert devices.remove(eve, device.id) is False

    assert devices.remove(amara, device.id) is True
    drain(sender)

    assert (Due.objects.get().state, service.given) == ("unwanted", [])


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_sends(queued: Phone, service: PushService, sender: Sender) -> None:
    at_once(8, lambda number: tasks.drain_push(sender, by=str(number), stopped=RUNNING))

    assert (Due.objects.get().state, len(service.given)) == ("sent", 1)


def test_the_key_of_this_server_is_made_once_and_is_its_owners_alone() -> None:
    first, again = of_the_house.SECRETS.push_key(), of_the_house.SECRETS.push_key()

    path = of_the_house.SECRETS.folder / "push.key"
    assert first == again
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_log_says_nothing_of_where_it_went(queued: Phone, sender: Sender, caplog: Any) -> None:
    with caplog.at_level("INFO", logger="heartwood"):
        drain(sender)

    assert "push" in caplog.text and "localhost" not in caplog.text and queued.path not in caplog.text
