"""`heartwood owner link`: the one-time link that opens the owner's account."""

from __future__ import annotations

import argparse
from pathlib import Path

from heartwood.cli import rooms


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="heartwood owner")
    parser.add_argument("what", choices=["link"], help="link: print a new one-time link")
    parser.add_argument("--data", type=Path, help="folder for everything this server keeps")
    asked = parser.parse_args(words)
    rooms.enter(asked.data)
    from django.utils import timezone

    from heartwood.web.people import invitations

    print(invitations.owner_link(at=timezone.now()))
    return 0
