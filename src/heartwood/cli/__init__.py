"""The command line: one thin module per noun, imported only when its noun is called."""

from __future__ import annotations

import sys
from importlib import import_module

from heartwood.errors import HeartwoodError

NOUNS = {
    "serve": "start the server with its worker",
    "demo": "a house to look at, thrown away when it stops",
    "doctor": "say how this server is, and what needs a hand",
    "config": "show each setting and where it came from",
    "owner": "owner link: make the one-time link that opens the owner's account",
    "invite": "make an invitation link",
    "mail": "test, list: whether mail goes out, and what became of it",
    "systemd": "print a unit that starts it at boot",
    "help-lines": "list, confirm, withdraw: whom people can ring",
    "backup": "copy everything this server keeps into a folder",
    "restore": "bring a backup back",
    "practice": "list, timeline, render: look at and listen to practices",
    "course": "check, show, preview, publish: the course as files",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one noun. Returns the exit status: 0 well, 2 for input that cannot be used."""
    words = sys.argv[1:] if arguments is None else arguments
    noun = words[0] if words else "serve"
    if noun in {"-h", "--help"}:
        print("heartwood NOUN …\n")
        for name, purpose in NOUNS.items():
            print(f"  {name:<10} {purpose}")
        return 0
    if noun not in NOUNS and not noun.startswith("-"):
        print(f"There is no command '{noun}'. These there are: {', '.join(NOUNS)}.", file=sys.stderr)
        return 2
    if noun.startswith("-"):
        words = ["serve", *words]
        noun = "serve"
    try:
        return int(import_module(f"heartwood.cli.{noun.replace('-', '_')}").main(words[1:]))
    except HeartwoodError as error:
        print(error, file=sys.stderr)
        return 2
