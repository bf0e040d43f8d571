"""Every option as a flag, made from its definition."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from heartwood.web.project.options import Options
from heartwood.web.project.sources import Reading, flag, is_secret, read, variable


def parser(command: str) -> argparse.ArgumentParser:
    """A parser that knows every option. What was not given is None."""
    words = argparse.ArgumentParser(
        prog=f"heartwood {command}", epilog="docs/reference/settings.md tells all of them."
    )
    for name, field in Options.model_fields.items():
        told = (field.description or "").replace("%", "%%")
        if is_secret(field):
            words.add_argument(flag(f"{name}_file"), metavar="FILE", help=f"file that holds: {told}")
        elif field.annotation is bool:
            words.add_argument(flag(name), action=argparse.BooleanOptionalAction, default=None, help=told)
        else:
            words.add_argument(flag(name), metavar="VALUE", help=told)
    return words


def take(asked: argparse.Namespace) -> Reading:
    """Read the options, flags first, and hand the flags on to every child through the environment."""
    names = {*Options.model_fields, *(f"{name}_file" for name in Options.model_fields)}
    given: dict[str, Any] = {
        name: value for name, value in vars(asked).items() if name in names and value is not None
    }
    reading = read(given)
    os.environ.update({variable(name): str(value) for name, value in given.items()})
    os.environ[variable("data")] = str(Path(reading.options.data).absolute())
    return reading
