"""Fifty private sentences, put in by every way there is, and searched for wherever something is written down.

Database and log, backup, journal of the server, mails, and what goes to push services. After an erasure also
the name and the address, in the database file.
"""

from __future__ import annotations

import os
import sqlite3
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cluster import programs, throw_away_cluster
from tests.journeys.conftest import ROOT, Server, free_port
from tests.long.planting import Garden
from tests.long.test_mail import run
from tests.post_office import PostOffice, post_office
from tests.push_service import Phone, PushService, push_service
from tests.visitor import Visitor, open_account

NAME, ADDRESS = "Amaranth Okaforsdottir", "amaranth.okaforsdottir@example.org"
REMIND = """
import django; django.setup()
import json, ssl, threading
from dataclasses import asdict
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from heartwood.web.delivery import tasks
from heartwood.web.delivery.models import Device, Due
from heartwood.web.delivery.push import Sender
from heartwood.web.delivery.webpush import Browser
from heartwood.web.people import actions as people
from heartwood.web.people import addresses, keys
from heartwood.web.people.models import User
from heartwood.web.today.models import Reminded
from heartwood.web.today.reminders import actions
from heartwood.web.today.reminders import tasks as reminders
person, now = User.objects.get(name={name!r}), timezone.now()
addresses.confirm(person, at=now)
browser = Browser({endpoint!r}, {p256dh!r}, {auth!r})
Device.objects.create(person=person, fingerprint="one", added_at=now,
                      sealed=keys.seal(person, json.dumps(asdict(browser))))
trust = ssl.create_default_context(cafile={chain!r})
sender = Sender(settings.SECRETS.push_key, "https://heartwood.example.org", anywhere=True, trust=trust)
ahead = 12 - now.hour
people.describe(person, time_zone=f"Etc/GMT{{-ahead:+}}" if ahead else "Etc/GMT", at=now)
for way, words in (("devices", {on_device!r}), ("letter", {by_letter!r})):
    wish = actions.Wish(way=way, minute=12 * 60 + now.minute, weekdays=range(7), words=words)
    actions.keep(person, wish, at=now - timedelta(minutes=2))
    reminders.decide_due(at=now)
    Reminded.objects.all().delete()
    tasks.drain_push(sender, by="a test", stopped=threading.Event())
    tasks.drain(settings.MAIL, by="a test", stopped=threading.Event())
print(sorted(Due.objects.values_list("channel", "state")))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[tuple[str, Path | None]]:
    """Its address, and where its files lie beside the data folder."""
    if request.param == "sqlite":
        yield "", None
    elif not programs():
        pytest.skip("no PostgreSQL here (Debian: apt install postgresql)")
    else:
        with throw_away_cluster() as address:
            yield address, Path(address.partition("host=")[2])


def test_no_private_sentence_stands_anywhere_in_the_clear(
    tmp_path: Path, database: tuple[str, Path | None]
) -> None:
    address, beside = database
    with post_office() as office, push_service(tmp_path) as service:
        server = _server(tmp_path / "data", address, office).start()
        try:
            person = open_account(server.url, server.owner_link, name=NAME, email=ADDRESS)
            garden = Garden(person, Visitor(server.url))
            garden.plant()
            phone = service.phone()
            told = _remind(garden, server, service, phone)
            assert "sent" in told and len(office.taken) > 0 and len(service.given) > 0, told
            assert beside or _columns_never_sealed(server.data / "db/heartwood.sqlite3") == []
            backup = server.command("backup", str(tmp_path / "backup"))
            assert not backup.returncode, backup.stdout + backup.stderr

            places = [server.data, server.data.with_name(f"{server.data.name}.log"), tmp_path / "backup"]
            written = dict(_files([*places, *([beside] if beside else [])]))
            written |= {f"mail {number}": _read(mail.content) for number, mail in enumerate(office.taken)}
            written |= {
                f"note {number}": repr((note, phone.opened(note.body))).encode()
                for number, note in enumerate(service.given)
            }
            assert _found({"ours": "today"}, {k: v for k, v in written.items() if k.startswith("note")})
            planted = garden.planted
            assert len(planted) >= 50
            assert _found(planted, written) == []
            assert {_kind(place) for _, place in _found({"name": "Okaforsdottir"}, written)} >= {
                "database",
                "backup",
                "mail",
            }

            asked = garden.post(
                "/settings/erase/", page_id="0192f0c1-0000-7000-8000-000000000001", step="sure"
            )
            assert "Everything is erased" in asked.text
            server.stop()
            if not beside:
                left = dict(_files([server.data]))
                assert _found({"name": "Okaforsdottir", "address": ADDRESS, **planted}, left) == []
        finally:
            if server.process and server.process.poll() is None:
                server.kill()


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_word_is_found_wherever_the_lines_of_a_mail_break(encoding: str) -> None:
    word = "heron0123456789abcdef"
    for before in range(80):
        mail = EmailMessage()
        mail.set_content(f"{'x' * before}{word} crème {'y' * 80}", cte=encoding)
        assert _found({"it": word}, {"mail": _read(mail.as_bytes(policy=policy.SMTP))}), before


def test_the_search_finds_a_word_however_it_was_written_down() -> None:
    word = "heron0123456789abcdef"
    for number, written in enumerate((
        word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), word.encode().hex().encode(),
        *(b64encode(b"x" * before + word.encode() + b"yz") for before in range(3)), word.upper().encode(),
    )):  # fmt: skip
        assert _found({"it": word}, {"place": b"..." + written + b"..."}), number
    assert _found({"it": word}, {"place": b"heron0123456789abcdee"}) == []


def _server(data: Path, database: str, office: PostOffice) -> Server:
    environment = {
        "HEARTWOOD_DATABASE_URL": database, "HEARTWOOD_MAIL_HOST": "127.0.0.1", "HEARTWOOD_MAIL_TLS": "none",
        "HEARTWOOD_MAIL_PORT": str(office.port), "HEARTWOOD_MAIL_FROM": "heartwood@example.org",
    }  # fmt: skip
    return Server(data, free_port(), environment=environment)


def _remind(garden: Garden, server: Server, service: PushService, phone: Phone) -> str:
    """A reminder in one's own words to a device, and one by letter."""
    script = REMIND.format(
        name=NAME, endpoint=phone.endpoint, p256dh=phone.p256dh, auth=phone.auth, chain=str(service.chain),
        on_device=garden.sow("a reminder on a device"), by_letter=garden.sow("a reminder by letter"),
    )  # fmt: skip
    return run(script, {
        **os.environ, **server.environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "heartwood.web.project.settings", "HEARTWOOD_DATA": str(server.data),
    })  # fmt: skip


def _columns_never_sealed(database: Path) -> list[str]:
    """The columns for sealed words in which this test has put nothing: a way of which it does not know.

    What waits to come in or to go out is emptied when it did.
    """
    sealed = (
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
        " WHERE c.name LIKE 'sealed%' AND m.name NOT IN ('people_brought', 'delivery_due')"
    )
    with closing(sqlite3.connect(database)) as opened:
        return [
            f"{table}.{column}"
            for table, column in opened.execute(sealed).fetchall()
            if not opened.execute(f"SELECT 1 FROM {table} WHERE {column} IS NOT NULL").fetchone()
        ]


def _files(places: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for place in places:
        for file in [place] if place.is_file() else sorted(place.rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield str(file), file.read_bytes()


def _read(mail: bytes) -> bytes:
    """As it was sent, and as its reader sees it: lines that are folded may break a word in two."""
    letter = message_from_bytes(mail, _class=EmailMessage, policy=policy.default)
    parts = [part.get_payload(decode=True) for part in letter.walk() if not part.is_multipart()]
    headers = "\n".join(f"{name}: {value}" for name, value in letter.items())
    return b"\n".join([mail, headers.encode(), *(part for part in parts if isinstance(part, bytes))])


def _found(words: dict[str, str], written: dict[str, bytes]) -> list[tuple[str, str]]:
    """Which word stands where, in any of the encodings in which something may be written down.

    What all words begin with is looked for first: most files hold not even that.
    """
    begins = os.path.commonprefix(list(words.values()))
    return [
        (way, place)
        for place, content in ((place, content.lower()) for place, content in written.items())
        if any(form.lower() in content for form in _forms(begins))
        for way, word in words.items()
        if any(form.lower() in content for form in _forms(word))
    ]


def _forms(word: str) -> Iterator[bytes]:
    raw = word.encode()
    yield from (raw, word.encode("utf-16-le"), word.encode("utf-16-be"), raw.hex().encode())
    for before in range(3):
        whole = b64encode(b"\0" * before + raw)
        yield whole[-(-before * 8 // 6) : len(whole) - 4]


def _kind(place: str) -> str:
    if place.startswith("mail "):
        return "mail"
    return "backup" if "/backup/" in place else "database" if "db" in place or "/data/" in place else place
