"""`heartwood invite`: a link that opens one account, or one that lets somebody back in."""

from __future__ import annotations

import argparse
from pathlib import Path

from heartwood.cli import rooms


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="heartwood invite")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--days", type=int, default=14, help="how long the invitation stays open (default: 14)")
    what.add_argument(
        "--return", dest="who", metavar="NAME_OR_EMAIL", help="let somebody back in who is locked out"
    )
    parser.add_argument("--qr", action="store_true", help="print it as a code for a phone's camera, too")
    parser.add_argument("--data", type=Path, help="folder for everything this server keeps")
    asked = parser.parse_args(words)
    rooms.enter(asked.data)
    link = _link(asked)
    print(link)
    if asked.qr:
        import segno

        segno.make(link, error="m").terminal(compact=True)
    return 0


def _link(asked: argparse.Namespace) -> str:
    from django.utils import timezone

    from heartwood.web.people import invitations

    at = timezone.now()
    if asked.who is not None:
        return invitations.return_link(asked.who, by=None, at=at)
    return invitations.participant_link(by=None, at=at, days=asked.days)
