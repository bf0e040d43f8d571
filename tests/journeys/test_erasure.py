"""Erased means erased: no word, name or address is left in any file, and no backup brings the person back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.conftest import Server
from tests.visitor import Visitor, open_account

NAME = "Amara Okonkwo-Lindqvist"
ADDRESS = "amara.okonkwo@birchgrove.example"
FRAGMENT = "the heron by the canal"
SENTENCES = [f"On evening {number} I told {FRAGMENT} what I had lost." for number in range(1, 21)]
CONTROL = "A plain sentence that nobody sealed."


@pytest.fixture
def amara(server: Server) -> Visitor:
    """Somebody who wrote twenty private lines."""
    visitor = open_account(server.url, server.owner_link, name=NAME, email=ADDRESS)
    for sentence in SENTENCES:
        write(visitor, sentence)
    assert [line["body"] for line in held_by(visitor)["practices"]["lines"]] == SENTENCES
    return visitor


def test_nothing_of_an_erased_person_is_left_in_any_file(server: Server, amara: Visitor) -> None:
    plant_control(server)
    private = [*SENTENCES, FRAGMENT, NAME, ADDRESS]
    found_before, numbers_before = found(server, *private, CONTROL), numbers(server)

    erase(amara)

    assert found_before == {NAME, ADDRESS, CONTROL}
    assert numbers_before == {"people_user": 1, "people_personkey": 1, "practices_reflection": 20}
    assert found(server, *private, CONTROL) == {CONTROL}
    assert numbers(server) == {"people_user": 0, "people_personkey": 0, "practices_reflection": 0}


def test_even_the_sealed_words_and_their_key_are_overwritten(server: Server, amara: Visitor) -> None:
    sealed = rows(server, "SELECT sealed FROM practices_reflection")
    sealed += rows(server, "SELECT wrapped FROM people_personkey")
    found_before = found(server, *sealed)

    erase(amara)

    assert len(found_before) == len(SENTENCES) + 1
    assert found(server, *sealed) == set()


def test_what_others_wrote_stays(server: Server, amara: Visitor) -> None:
    bo = open_account(server.url, server.command("invite").stdout.strip(), name="Bo")
    write(bo, "The bread was warm.")

    erase(amara)

    assert [line["body"] for line in held_by(bo)["practices"]["lines"]] == ["The bread was warm."]


def test_a_cookie_from_before_an_erase_is_told_and_taken_away(server: Server, amara: Visitor) -> None:
    on_her_phone = with_cookies_of(amara)
    before = on_her_phone.get("/today/")

    erase(amara)
    after = on_her_phone.get("/today/")

    assert before.status == 200 and NAME in before.text
    assert after.status == 410 and "This account was erased" in after.text
    assert after.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "sessionid" not in on_her_phone.cookie_header


def test_a_backup_from_before_does_not_bring_an_erased_person_back(
    server: Server, amara: Visitor, tmp_path: Path
) -> None:
    on_her_phone = with_cookies_of(amara)
    bo = open_account(server.url, server.command("invite").stdout.strip(), name="Bo")
    backup = back_up(server, tmp_path / "elsewhere")
    erase(amara)
    server.stop()

    restored = server.command("restore", str(backup))
    found_after_restoring = found(server, NAME, ADDRESS)
    server.start()

    assert restored.returncode == 0, restored.stderr
    assert found_after_restoring == {NAME, ADDRESS}
    assert found(server, NAME, ADDRESS, *SENTENCES, FRAGMENT) == set()
    assert numbers(server) == {"people_user": 1, "people_personkey": 1, "practices_reflection": 0}
    assert on_her_phone.get("/today/").status == 410
    assert held_by(bo)["people"]["name"] == "Bo"


def plant_control(server: Server) -> None:
    """Write a plain sentence into the database, as a room would that forgot to seal it."""
    with closing(sqlite3.connect(database(server))) as connection, connection:
        connection.execute("CREATE TABLE control (words TEXT)")
        connection.execute("INSERT INTO control VALUES (?)", [CONTROL])


def erase(person: Visitor) -> None:
    """Through the pages, with both presses."""
    sure = person.submit(person.get("/settings/erase/"))
    done = person.submit(sure)
    assert "Once more, to be sure" in sure.text
    assert done.status == 200 and done.headers["Clear-Site-Data"], done.text


def back_up(server: Server, target: Path) -> Path:
    done = server.command("backup", str(target))
    assert done.returncode == 0, done.stderr
    return next(path for path in target.iterdir() if not path.name.endswith("-keys"))


def with_cookies_of(person: Visitor) -> Visitor:
    """The same person in another window, which does not notice what happens in the first."""
    window = Visitor(person.url)
    for cookie in person.cookies:
        window.cookies.set_cookie(cookie)
    return window


def token_of(person: Visitor) -> str:
    return person.get("/settings/").forms[-1].fields["csrfmiddlewaretoken"]


def write(person: Visitor, words: str) -> None:
    kept = person.send("PUT", f"/api/reflections/{uuid4()}", {"body": words}, token=token_of(person))
    assert kept.status == 200, kept.text


def held_by(person: Visitor) -> Any:
    return json.loads(person.get("/settings/export/").text)


def database(server: Server) -> Path:
    return server.data / "db/heartwood.sqlite3"


def rows(server: Server, query: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{database(server)}?mode=ro", uri=True)) as connection:
        return [row[0] for row in connection.execute(query)]


def numbers(server: Server) -> dict[str, int]:
    tables = ("people_user", "people_personkey", "practices_reflection")
    return {table: rows(server, f"SELECT count(*) FROM {table}")[0] for table in tables}


def found(server: Server, *wanted: str | bytes) -> set[str | bytes]:
    """Which of these stand, byte for byte, in any file of the server: database, logs, and all the rest."""
    bytewise = {one: one.encode() if isinstance(one, str) else one for one in wanted}
    there: set[str | bytes] = set()
    for file in [*server.data.rglob("*"), server.data.with_name(f"{server.data.name}.log")]:
        with suppress(FileNotFoundError, IsADirectoryError):  # a sound being made changes its name
            content = file.read_bytes()
            there |= {one for one, words in bytewise.items() if words in content}
    return there
