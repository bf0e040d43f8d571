"""`heartwood mail test ADDRESS`, `heartwood mail list`: whether mail goes out, and what became of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from heartwood.cli import rooms

NEWEST = 20


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="heartwood mail")
    verbs = parser.add_subparsers(dest="verb", required=True)
    test = verbs.add_parser("test", help="send one test mail and tell what the mail server says")
    test.add_argument("address", help="who gets the test mail")
    every = verbs.add_parser("list", help="how many are due, sent, unknown …, and the newest")
    every.add_argument("--newest", type=int, default=NEWEST, help=f"how many to show (default: {NEWEST})")
    for verb in (test, every):
        verb.add_argument("--data", type=Path, help="folder for everything this server keeps")
    asked = parser.parse_args(words)
    rooms.enter(asked.data)
    return _test(asked.address) if asked.verb == "test" else _list(max(asked.newest, 0))


def _test(address: str) -> int:
    from django.conf import settings

    from heartwood.web.delivery import trying
    from heartwood.web.delivery.smtp import Verdict

    outcome = trying.send_test(settings.MAIL, address)
    print(trying.told(outcome))
    return 0 if outcome.verdict is Verdict.SENT else 1


def _list(newest: int) -> int:
    from heartwood.web.delivery import queries

    print("   ".join(f"{state} {count}" for state, count in queries.counts().items()))
    for row in queries.newest(limit=newest):
        again = f"   again {row.next_at:%Y-%m-%d %H:%M} UTC" if row.next_at and row.tries else ""
        words = f"   {row.answer}" if row.answer else ""
        print(f"{row.queued_at:%Y-%m-%d %H:%M}  {row.state:<9}{row.kind:<16}tries {row.tries}{again}{words}")
    return 0
