"""Settings: where a value comes from, how a refusal is said, and the page that tells them all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from heartwood.cli import flags
from heartwood.cli.config import table
from heartwood.errors import SetupError
from heartwood.web.project import reference
from heartwood.web.project.options import HelpLine, Options
from heartwood.web.project.sources import FILE, is_secret, read

ROOT = Path(__file__).parents[3]
LINE = {"number": "0800 000 000", "hours": "always", "who": "The listening line", "source": "its own page"}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, and nothing of Heartwood's in the environment."""
    for name in Options.model_fields:
        monkeypatch.delenv(f"HEARTWOOD_{name.upper()}", raising=False)
    monkeypatch.setenv("HEARTWOOD_DATA", str(tmp_path))
    return tmp_path


def _write(folder: Path, text: str) -> None:
    (folder / FILE).write_text(text, encoding="utf-8")


def test_a_flag_wins_over_a_variable_and_a_variable_over_a_line(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(data, 'organisation = "line"\ncontact = "line"\nurl = "https://line.example"\n')
    monkeypatch.setenv("HEARTWOOD_CONTACT", "variable")
    monkeypatch.setenv("HEARTWOOD_URL", "https://variable.example")

    reading = read({"url": "https://flag.example"})

    assert reading.options.url == "https://flag.example"
    assert reading.options.contact == "variable"
    assert reading.options.organisation == "line"
    assert reading.origins["url"] == "flag --url"
    assert reading.origins["contact"] == "variable HEARTWOOD_CONTACT"
    assert reading.origins["organisation"] == f"line organisation of {data / FILE}"
    assert reading.origins["minimum_age"] == "default"


SOURCES = {
    name: text
    for name, text in {
        "host": "0.0.0.0",
        "port": "8123",
        "url": "https://heartwood.example.org",
        "proxies": "127.0.0.1,10.0.0.0/8",
        "backup_days": "14",
        "organisation": "The Mill",
        "contact": "anna@example.org",
        "minimum_age": "16",
        "imprint": "https://example.org/imprint",
        "terms": "https://example.org/terms",
        "mail_port": "465",
        "mail_user": "heartwood",
        "mail_from": "heartwood@example.org",
        "mail_tls": "tls",
        "debug": "true",
        "sounds_mb": "500",
        "certificate": "/etc/ssl/chain.pem",
        "certificate_key": "/etc/ssl/key.pem",
        "mail_host": "mail.example.org",
        "piper": "/opt/piper/piper",
        "piper_model": "/opt/piper/ann.onnx",
        "piper_language": "de",
        "piper_consent": "Ann Example agreed",
    }.items()
}
TOGETHER = {
    "certificate": {"certificate_key": "/etc/ssl/key.pem"},
    "certificate_key": {"certificate": "/etc/ssl/chain.pem"},
    "mail_host": {"mail_from": "heartwood@example.org"},
    "piper": {"piper_model": "/opt/piper/ann.onnx", "piper_consent": "Ann Example agreed"},
}
SHOWN_ELSEWHERE = {"data", "config", "help_lines", "database_url", "mail_password", "metrics_token"}


def test_the_list_of_options_below_leaves_none_out() -> None:
    assert set(SOURCES) | SHOWN_ELSEWHERE == set(Options.model_fields)


@pytest.mark.parametrize("name", SOURCES)
def test_an_option_says_the_same_as_flag_variable_and_line(
    name: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SOURCES[name]
    for other, value in TOGETHER.get(name, {}).items():
        monkeypatch.setenv(f"HEARTWOOD_{other.upper()}", value)
    words = ["--debug"] if name == "debug" else [f"--{name.replace('_', '-')}", text]

    by_flag = read(vars(flags.parser("serve").parse_args(words))).options
    with monkeypatch.context() as environment:
        environment.setenv(f"HEARTWOOD_{name.upper()}", text)
        by_variable = read().options
    _write(data, f"{name} = {text if text.isdigit() or text == 'true' else repr(text)}\n")
    by_line = read().options

    assert getattr(by_flag, name) == getattr(by_variable, name) == getattr(by_line, name)
    assert getattr(by_line, name) != Options.model_fields[name].default


@pytest.mark.parametrize("secret", ["mail_password", "metrics_token", "database_url"])
def test_a_secret_may_lie_in_a_file_and_is_never_shown(
    secret: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").write_text("hush-hush\n", encoding="utf-8")
    _write(data, f'{secret}_file = "kept"\n')
    by_line = read()
    (data / FILE).unlink()
    by_flag = read({f"{secret}_file": str(tmp_path / "kept")})
    monkeypatch.setenv(f"HEARTWOOD_{secret.upper()}_FILE", str(tmp_path / "kept"))
    by_variable = read()

    for reading in (by_line, by_flag, by_variable):
        assert getattr(reading.options, secret).get_secret_value() == "hush-hush"
        assert "hush-hush" not in "".join(table(reading)) + repr(reading)
        assert "(set, hidden)" in "".join(table(reading))
        assert reading.origins[secret] != "default"


def test_help_lines_are_read_from_tables_and_from_json(data: Path) -> None:
    rows = "\n".join(f'{name} = "{value}"' for name, value in LINE.items())
    _write(data, f"[[help_lines]]\n{rows}\n")
    by_line = read().options.help_lines
    by_flag = read({"help_lines": '[{"number": "0800 000 000", "hours": "always",'
                    ' "who": "The listening line", "source": "its own page"}]'})  # fmt: skip

    assert by_line == by_flag.options.help_lines == (HelpLine(**LINE),)


def test_a_path_in_the_file_counts_from_its_folder(data: Path) -> None:
    _write(data, 'imprint = "imprint.md"\nterms = "https://example.org/terms"\n')

    options = read().options

    assert options.imprint == str(data / "imprint.md")
    assert options.terms == "https://example.org/terms"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('contct = "anna"', "has a line 'contct', which is no option. Did you mean 'contact'?"),
        ("minimum_age = 15", "'minimum_age' (line minimum_age of"),
        ('url = "heartwood.example.org"', "write it as https://heartwood.example.org"),
        ('url = "https://example.org/heartwood"', "without anything after the name"),
        ("port = ", "cannot be read: "),
        ('data = "elsewhere"', "cannot name another one"),
        ('certificate = "chain.pem"', "certificate and certificate_key go together"),
        ('mail_host = "mail.example.org"', "mail_host needs mail_from"),
        ('mail_password_file = "nowhere"', "which should hold 'mail_password', cannot be read"),
        (
            '[[help_lines]]\nnumber = "ring us"\nhours = "a"\nwho = "b"\nsource = "c"',
            "'help_lines', 1. number",
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(lines: str, said: str, data: Path) -> None:
    _write(data, lines)

    with pytest.raises(SetupError) as refused:
        read()

    assert said in str(refused.value)


def test_a_file_that_was_named_and_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="There is no .*nowhere.toml"):
        read({"config": str(tmp_path / "nowhere.toml")})


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("", False),
        ("http://localhost:8000", False),
        ("http://127.0.0.1:9000", False),
        ("http://[::1]:9000", False),
        ("http://192.168.0.10:8000", True),
        ("https://heartwood.example.org", True),
    ],
)
def test_an_address_is_public_when_other_machines_reach_it(url: str, public: bool) -> None:
    assert read({"url": url or None}).options.is_public == public


def test_every_option_is_documented_and_the_page_is_fresh() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")

    undocumented = [name for name, field in Options.model_fields.items() if not field.description]
    missing = [name for name in Options.model_fields if f"HEARTWOOD_{name.upper()}`" not in page]

    assert (undocumented, missing) == ([], [])
    assert page == reference.page(), "stale: ./run config --reference > docs/reference/settings.md"


def test_a_secret_has_no_flag_of_its_own() -> None:
    known: Any = flags.parser("serve")._option_string_actions

    for name, field in Options.model_fields.items():
        spelled = f"--{name.replace('_', '-')}"
        assert (spelled in known) is not is_secret(field)
        assert (f"{spelled}-file" in known) is is_secret(field)
