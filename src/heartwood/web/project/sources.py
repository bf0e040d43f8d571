"""Where a value comes from: flag, environment variable, file of a secret, line of heartwood.toml, default.

The first of them that has a value wins. A secret X may also lie in a file of
its own, named by the flag --X-file, the variable HEARTWOOD_X_FILE or the line
`x_file`; it has no flag of its own, since everybody on a machine can read those.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, InitSettingsSource

from heartwood.errors import SetupError
from heartwood.web.project.options import PREFIX, Options

FILE = "heartwood.toml"


@dataclass(frozen=True, slots=True)
class Reading:
    """The options, and for each by name where its value came from."""

    options: Options
    origins: Mapping[str, str]


def read(given: Mapping[str, Any] | None = None) -> Reading:
    """Read every source. Raises SetupError naming the option, where it was given, and what would do.

    given  what flags said, by option; `mail_password_file` and the like too
    """
    flags = _with_files({name: value for name, value in (given or {}).items() if value is not None})
    origins = _origins(flags)
    try:
        return Reading(Options(**flags), origins)
    except ValidationError as error:
        raise SetupError(_told(error, origins)) from error


def is_secret(field: FieldInfo) -> bool:
    return field.annotation is SecretStr


def secret_names() -> list[str]:
    return [name for name, field in Options.model_fields.items() if is_secret(field)]


def variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


def flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def secret_files_source(cls: type[BaseSettings]) -> InitSettingsSource:
    """Secrets whose files the environment names."""
    named = {name: os.environ.get(variable(f"{name}_file")) for name in secret_names()}
    return InitSettingsSource(cls, {name: _secret(Path(path), name) for name, path in named.items() if path})


def lines_source(cls: type[BaseSettings], *, given: Mapping[str, Any]) -> InitSettingsSource:
    """The lines of heartwood.toml, with its paths counted from its own folder."""
    return InitSettingsSource(cls, _lines(_file(given), required=bool(given.get("config"))))


def _file(given: Mapping[str, Any]) -> Path:
    data = Path(given.get("data") or Options.model_fields["data"].default)
    return Path(given.get("config") or data / FILE).absolute()


def _lines(file: Path, *, required: bool = False) -> dict[str, Any]:
    lines = _toml(file, required=required)
    for name in lines:
        _check_known(name, file)
    if "data" in lines and not required:
        raise SetupError(
            f"{file} lies in the data folder, so its line 'data' cannot name another one. "
            "Give the folder with --data, or this file with --config."
        )
    return _with_files({name: _placed(name, value, file.parent) for name, value in lines.items()})


def _toml(file: Path, *, required: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if required:
            raise SetupError(f"There is no {file}. Write it, or leave --config out.") from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SetupError(f"{file} cannot be read: {error}. Mend that line, then start again.") from error


def _check_known(name: str, file: Path) -> None:
    known = {*Options.model_fields, *(f"{secret}_file" for secret in secret_names())} - {"config"}
    if name in known:
        return
    near = get_close_matches(name, known, n=1)
    remedy = f"Did you mean '{near[0]}'?" if near else "`./run config` lists the options there are."
    raise SetupError(f"{file} has a line '{name}', which is no option. {remedy}")


def _placed(name: str, value: Any, folder: Path) -> Any:
    field = Options.model_fields.get(name)
    extra = field.json_schema_extra if field else {"place": True}
    is_place = isinstance(extra, dict) and extra["place"] and isinstance(value, str) and value
    return str(folder / value) if is_place and "://" not in value else value


def _with_files(values: Mapping[str, Any]) -> dict[str, Any]:
    """Put what a secret's file holds in the place of the file's name. The value itself wins."""
    read = dict(values)
    for name in secret_names():
        path = read.pop(f"{name}_file", None)
        if path and name not in read:
            read[name] = _secret(Path(path), name)
    return read


def _secret(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            f"The file {path}, which should hold '{name}', cannot be read ({error}). "
            "Make it readable for the user that Heartwood runs as."
        ) from error


def _origins(flags: Mapping[str, Any]) -> dict[str, str]:
    environment = EnvSettingsSource(Options)()
    file = _file({**environment, **flags})
    lines = _lines(file, required="config" in {**environment, **flags})
    origins = {}
    for name in Options.model_fields:
        by_file = os.environ.get(variable(f"{name}_file")) if name in secret_names() else None
        if name in flags:
            origins[name] = f"flag {flag(name if name not in secret_names() else f'{name}_file')}"
        elif name in environment:
            origins[name] = f"variable {variable(name)}"
        elif by_file:
            origins[name] = f"file {by_file} (variable {variable(f'{name}_file')})"
        else:
            origins[name] = f"line {name} of {file}" if name in lines else "default"
    return origins


def _told(error: ValidationError, origins: Mapping[str, str]) -> str:
    return "\n".join(
        f"{_subject(fault['loc'], origins)}: {fault['msg'].removeprefix('Value error, ')}."
        for fault in error.errors(include_input=False, include_url=False)
    )


def _subject(place: tuple[int | str, ...], origins: Mapping[str, str]) -> str:
    if not place:
        return "These settings do not go together"
    name = str(place[0])
    deeper = "".join(f", {part + 1}." if isinstance(part, int) else f" {part}" for part in place[1:])
    return f"The setting '{name}'{deeper} ({origins.get(name, 'given twice')}) cannot be used"
