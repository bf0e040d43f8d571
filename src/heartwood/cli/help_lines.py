"""`heartwood help-lines`: the help lines of the settings, and who confirmed each."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from heartwood.cli import rooms
from heartwood.errors import SetupError, UnknownName

if TYPE_CHECKING:
    from heartwood.web.people.models import User


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="heartwood help-lines", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["list", "confirm", "withdraw"], default="list")
    parser.add_argument("number", nargs="?", type=int, help="place of the line in the list, from 1")
    parser.add_argument(
        "--by", metavar="NAME_OR_EMAIL", help="who rang or checked it; needed where several own this server"
    )
    parser.add_argument("--data", type=Path, help="folder for everything this server keeps")
    asked = parser.parse_args(words)
    rooms.enter(asked.data)
    if asked.what != "list":
        _vouch(asked)
    _list()
    return 0


def _vouch(asked: argparse.Namespace) -> None:
    from django.utils import timezone

    from heartwood.web.care import actions, queries

    lines = queries.configured()
    if asked.number is None or not 1 <= asked.number <= len(lines):
        raise UnknownName(f"Give the place of the line in the list, from 1 to {len(lines)}.")
    act = actions.confirm if asked.what == "confirm" else actions.withdraw
    act(lines[asked.number - 1].line, by=_operator(asked.by), at=timezone.now())


def _operator(who: str | None) -> User:
    from django.db.models import Q

    from heartwood.web.people.models import User

    operators = User.objects.filter(is_operator=True)
    found = list(operators.filter(Q(name=who) | Q(email=who)) if who else operators)
    if len(found) != 1:
        raise SetupError(
            "A confirmation needs one owner's name: the owner opens their account first; "
            "where there are several, give --by NAME_OR_EMAIL."
        )
    return found[0]


def _list() -> None:
    from heartwood.web.care import queries

    lines = queries.configured()
    for place, each in enumerate(lines, start=1):
        told = "not confirmed, shown to nobody"
        if each.at:
            who = each.by.name if each.by else "somebody who left"
            told = f"confirmed by {who}, {each.at:%Y-%m-%d %H:%M} UTC"
        line = each.line
        print(f"{place}. {line.who}: {line.number} ({line.hours})\n   source: {line.source}\n   {told}")
    if not lines:
        print("There is no help line in the settings. Add [[help_lines]] to heartwood.toml.")
