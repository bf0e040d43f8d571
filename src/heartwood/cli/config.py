"""`heartwood config`: each option, its value and where it came from; secrets hidden."""

from __future__ import annotations

from typing import Any

from pydantic import SecretStr

from heartwood.cli import flags
from heartwood.web.project import reference
from heartwood.web.project.options import HelpLine
from heartwood.web.project.sources import Reading


def main(words: list[str]) -> int:
    parser = flags.parser("config")
    parser.add_argument(
        "--reference", action="store_true", help="print the page docs/reference/settings.md instead"
    )
    asked = parser.parse_args(words)
    if asked.reference:
        print(reference.page(), end="")
        return 0
    for line in table(flags.take(asked)):
        print(line)
    return 0


def table(reading: Reading) -> list[str]:
    """One line an option: name, value, origin."""
    rows = [
        (name, shown(getattr(reading.options, name)), reading.origins[name])
        for name in type(reading.options).model_fields
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return [f"{name:<{widths[0]}}  {value:<{min(widths[1], 48)}}  {origin}" for name, value, origin in rows]


def shown(value: Any) -> str:
    """A value in a few words. Of a secret only whether there is one."""
    if isinstance(value, SecretStr):
        return "(set, hidden)" if value.get_secret_value() else "(not set)"
    if isinstance(value, tuple):
        return (
            ", ".join(each.number if isinstance(each, HelpLine) else str(each) for each in value) or "(none)"
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "(not set)" if value in {None, ""} else str(value)
