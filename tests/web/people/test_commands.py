"""`heartwood owner` and `heartwood invite`: links from the command line, or a sentence why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from heartwood.cli import main
from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import Invitation, User

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder in which a server was started before."""
    monkeypatch.setenv("HEARTWOOD_DATA", str(settings.DATA))
    (Path(settings.DATA) / "db" / "heartwood.sqlite3").touch()


def test_the_owner_link_that_is_printed_opens_the_owners_account(key_check: None, capsys: Captured) -> None:
    status = main(["owner", "link"])

    link = capsys.readouterr().out.strip()
    assert status == 0
    Client().post(
        link,
        {
            "page_id": str(new_id()),
            "name": "Bo",
            "time_zone": "UTC",
            "old_enough": "on",
            "agreed": "on",
        },
    )
    assert User.objects.get().is_operator


def test_with_an_owner_there_is_no_second_owner_link(bo: User, capsys: Captured) -> None:
    status = main(["owner", "link"])

    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert printed.err.startswith("This Heartwood has an owner already.")


def test_an_invitation_and_a_return_link_are_printed(bo: User, amara: User, capsys: Captured) -> None:
    statuses = [main(["invite", "--days", "3"]), main(["invite", "--return", amara.name])]

    links = capsys.readouterr().out.split()
    assert (statuses, len(links)) == ([0, 0], 2)
    assert [link.kind for link in Invitation.objects.order_by("id")] == ["participant", "return"]
    assert Client().get(links[1]).status_code == 200


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--days", "0"], "A link lasts between 1 and 365 days, not 0."),
        (["--days", "-3"], "A link lasts between 1 and 365 days, not -3."),
        (["--return", "Chen"], "Nobody here is called 'Chen'."),
    ],
)
def test_what_cannot_be_is_a_sentence_and_makes_no_link(
    words: list[str], sentence: str, bo: User, capsys: Captured
) -> None:
    status = main(["invite", *words])

    assert status == 2
    assert capsys.readouterr().err.startswith(sentence)
    assert not Invitation.objects.exists()


@pytest.mark.skipif(bool(settings.OPTIONS.database_url), reason="a database elsewhere needs no data folder")
def test_a_folder_where_nothing_was_started_is_named_and_not_made(tmp_path: Path, capsys: Captured) -> None:
    status = main(["owner", "link", "--data", str(tmp_path / "nowhere")])

    assert status == 2
    assert f"Nothing was ever started in {tmp_path / 'nowhere'}." in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()
