"""The reference page of the settings, made from their definition."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from annotated_types import Ge, Le, MaxLen
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from heartwood.web.project.options import Options
from heartwood.web.project.sources import flag, secret_names, variable

_TOP = """\
# Settings

<!-- Made by `./run config --reference > docs/reference/settings.md`: change the definition, not this page -->

Each option is a flag of `./run serve`, a variable of the environment, or a line of `heartwood.toml` in the
data folder. The first that has a value wins: flag, variable, file of a secret, line, default. `./run config`
shows each value and where it came from. Paths in `heartwood.toml` count from its own folder.

A **secret** is a variable or a line as well, but no flag, since everybody on a machine can read those. It may
lie in a file of its own, readable by Heartwood alone, which the `…-file` flag, the `…_FILE` variable or the
`…_file` line names.
"""

_EXAMPLE = """
## An example

```toml
# data/heartwood.toml
url = "https://heartwood.example.org"
proxies = ["127.0.0.1"]
organisation = "Heartwood at the Mill"
contact = "anna@example.org"

mail_host = "mail.example.org"
mail_user = "heartwood"
mail_password_file = "keys/mail-password"
mail_from = "heartwood@example.org"

[[help_lines]]
who = "The listening line"
number = "0800 000 000"
hours = "every day, day and night"
source = "https://listening.example.org/contact, read on 24 November 2026"
```

A help line is shown to nobody before `./run help-lines confirm` says that somebody rang or checked it; a line
that is changed loses its confirmation. Without a confirmed line pages say *your local emergency number*.

An address that other machines reach needs a `contact`: without one Heartwood starts, and sign-up stays
closed.
"""


def page() -> str:
    """The whole page, as Markdown."""
    groups: dict[str, list[str]] = {}
    for name, field in Options.model_fields.items():
        groups.setdefault(_extra(field)["group"], []).append(_entry(name, field))
    body = "".join(f"\n## {group}\n\n{_table(entries)}" for group, entries in groups.items())
    return _TOP + body + _EXAMPLE


def _table(entries: list[str]) -> str:
    return "| line | what it is | default | flag, variable |\n|---|---|---|---|\n" + "".join(entries)


def _entry(name: str, field: FieldInfo) -> str:
    words = f"{_sentence(field)} {_limits(field)}".strip()
    if name in secret_names():
        given = f"`{flag(f'{name}_file')}`<br>`{variable(name)}`<br>`{variable(f'{name}_file')}`"
        return f"| `{name}`<br>`{name}_file` | {words} **Secret.** | {_default(field)} | {given} |\n"
    line = "(no line)" if name == "config" else f"`{name}`"
    return f"| {line} | {words} | {_default(field)} | `{flag(name)}`<br>`{variable(name)}` |\n"


def _sentence(field: FieldInfo) -> str:
    words = field.description or ""
    return f"{words[:1].upper()}{words[1:]}."


def _limits(field: FieldInfo) -> str:
    if isinstance(field.annotation, type) and issubclass(field.annotation, StrEnum):
        return ""
    low = next((limit.ge for limit in field.metadata if isinstance(limit, Ge)), None)
    high = next((limit.le for limit in field.metadata if isinstance(limit, Le)), None)
    longest = next((limit.max_length for limit in field.metadata if isinstance(limit, MaxLen)), None)
    if low is not None:
        return f"From {low} to {high}."
    return f"At most {longest} letters." if longest else ""


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if isinstance(value, SecretStr) or value in ("", None, ()):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{value}`"


def _extra(field: FieldInfo) -> dict[str, Any]:
    return dict(field.json_schema_extra) if isinstance(field.json_schema_extra, dict) else {}
