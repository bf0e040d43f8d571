"""Every option of a Heartwood server, typed, in one place.

Flags, environment variables, lines of heartwood.toml, `heartwood config` and
the reference page are all made from this definition; `sources` says in which
order a value is looked for.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "HEARTWOOD_"
THIS_MACHINE = re.compile(r"(.+\.)?localhost$")


class MailTls(StrEnum):
    """How the connection to the mail server is kept from being read."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class HelpLine(BaseModel):
    """Somebody who answers when it is too much."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: str = Field(pattern=r"^[+*#]?[0-9][0-9 ()./*#-]*$", max_length=40)
    hours: str = Field(min_length=1, max_length=120)
    who: str = Field(min_length=1, max_length=120)
    source: str = Field(min_length=1, max_length=300)


def _each(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _as_json(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        raise ValueError("write the lines as JSON, or as [[help_lines]] in heartwood.toml") from error


Proxies = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_each)]
HelpLines = Annotated[tuple[HelpLine, ...], NoDecode, BeforeValidator(_as_json)]


def _option(default: Any, words: str, *, group: str, place: bool = False, **limits: Any) -> Any:
    """One option. `place`: a path, which in heartwood.toml counts from the folder of that file."""
    return Field(
        default=default, description=words, json_schema_extra={"group": group, "place": place}, **limits
    )


_RUNS, _REACHED, _KEEPS = "Who runs it", "Where it is reached", "What it keeps"
_MAIL, _WATCHED = "Mail", "Watching it"
_SPEAKS = "A voice of yours"


class Options(BaseSettings):
    """Read by itself it looks at the environment and at heartwood.toml; flags are given as arguments."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    data: Path = _option(Path("data"), "folder for everything this server keeps", group=_KEEPS, place=True)
    config: Path | None = _option(
        None, "another place for heartwood.toml than the data folder", group=_KEEPS, place=True
    )
    database_url: SecretStr = _option(
        SecretStr(""), "address of a database, postgresql://…; empty: SQLite in the data folder", group=_KEEPS
    )
    backup_days: int = _option(
        30, "days after which a backup is deleted, at the next backup into the same folder; "
        "copies from before an upgrade or a restore, at every start too",
        group=_KEEPS, ge=1, le=3650,
    )  # fmt: skip

    sounds_mb: int = _option(
        2000, "megabytes for sound files; past them what was heard longest ago goes, and is made again",
        group=_KEEPS, ge=100, le=10_000_000,
    )  # fmt: skip

    host: str = _option("127.0.0.1", "address to listen on; by default this machine alone", group=_REACHED)
    port: int = _option(8000, "port to listen on", group=_REACHED, ge=1, le=65535)
    url: str = _option("", "public address, such as https://heartwood.example.org", group=_REACHED)
    proxies: Proxies = _option(
        (), "addresses or networks of proxies of yours; X-Forwarded-… is believed from them alone",
        group=_REACHED,
    )  # fmt: skip
    certificate: Path | None = _option(
        None, "certificate for https without a proxy (PEM, the whole chain)", group=_REACHED, place=True
    )
    certificate_key: Path | None = _option(
        None, "private key of that certificate (PEM)", group=_REACHED, place=True
    )

    organisation: str = _option(
        "", "who offers this Heartwood, as people know them", group=_RUNS, max_length=120
    )
    contact: str = _option(
        "", "how people reach whoever runs it: an e-mail address, a telephone number",
        group=_RUNS, max_length=200,
    )  # fmt: skip
    minimum_age: int = _option(18, "youngest age for an account; never below 16", group=_RUNS, ge=16, le=99)
    imprint: str = _option("", "imprint: an address, or a Markdown file", group=_RUNS, place=True)
    terms: str = _option("", "terms of use: an address, or a Markdown file", group=_RUNS, place=True)
    help_lines: HelpLines = _option(
        (), "help lines, shown once you have confirmed each (./run help-lines)", group=_RUNS
    )

    mail_host: str = _option(
        "", "mail server (SMTP); empty: no mail, links and QR codes instead", group=_MAIL
    )
    mail_port: int = _option(587, "its port", group=_MAIL, ge=1, le=65535)
    mail_user: str = _option("", "account on the mail server", group=_MAIL)
    mail_password: SecretStr = _option(SecretStr(""), "password of that account", group=_MAIL)
    mail_from: str = _option("", "address that mail comes from", group=_MAIL)
    mail_tls: MailTls = _option(
        MailTls.STARTTLS, "starttls (usually port 587), tls (usually port 465) or none", group=_MAIL
    )

    piper: Path | None = _option(
        None, "a Piper program, as a second voice to choose; called line by line, trusted with nothing",
        group=_SPEAKS, place=True,
    )  # fmt: skip
    piper_model: Path | None = _option(None, "its model (.onnx)", group=_SPEAKS, place=True)
    piper_language: str = _option("en", "the language it speaks, such as en", group=_SPEAKS, max_length=12)
    piper_consent: str = _option(
        "", "whose voice it is, and what they agreed to; needed with piper", group=_SPEAKS, max_length=300
    )

    metrics_token: SecretStr = _option(
        SecretStr(""), "opens /metrics to whoever sends it as a bearer token; empty: no metrics",
        group=_WATCHED,
    )  # fmt: skip
    debug: bool = _option(False, "show errors with their code; never where others come", group=_WATCHED)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        from heartwood.web.project.sources import lines_source, secret_files_source

        given = init_settings()
        return (
            init_settings,
            env_settings,
            secret_files_source(settings_cls),
            lines_source(settings_cls, given={**env_settings(), **given}),
        )

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")):
            raise ValueError("write it as https://heartwood.example.org, without anything after the name")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _goes_together(self) -> Options:
        if bool(self.certificate) != bool(self.certificate_key):
            raise ValueError("certificate and certificate_key go together; give both or neither")
        if self.mail_host and not self.mail_from:
            raise ValueError("mail_host needs mail_from, the address that mail comes from")
        if self.piper and not (self.piper_model and self.piper_consent):
            raise ValueError(
                "piper needs piper_model, and piper_consent: whose voice it is, and that they agreed"
            )
        return self

    @property
    def public_url(self) -> str:
        scheme = "https" if self.certificate else "http"
        return self.url or f"{scheme}://localhost:{self.port}"

    @property
    def is_public(self) -> bool:
        """Whether the address leads here from other machines."""
        name = urlsplit(self.public_url).hostname or ""
        return not (THIS_MACHINE.match(name) or _is_loopback(name))


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
