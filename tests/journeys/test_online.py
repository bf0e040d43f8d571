"""The recipes of docs/how-to/put-it-online.md: behind Debian's caddy, and with a certificate of its own."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from tests.journeys.conftest import ROOT, Server, free_port
from tests.own_certificate import own_certificate

NAME = "heartwood.test"
HOW_TO = ROOT / "docs/how-to/put-it-online.md"
YEAR = "max-age=31536000"
needs_caddy = pytest.mark.skipif(
    not (shutil.which("caddy") and shutil.which("certutil")),
    reason="no caddy here (Debian: apt install caddy libnss3-tools)",
)


def _recipe() -> str:
    """The Caddyfile as the how-to prints it."""
    found = re.search(r"```caddy\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


@dataclass
class Caddy:
    """Debian's caddy with the recipe, its own local authority and ports of the test."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def root(self) -> Path:
        return self.folder / "caddy/pki/authorities/local/root.crt"


@pytest.fixture
def caddy(tmp_path: Path) -> Iterator[tuple[Caddy, Server]]:
    port, app = free_port(), free_port()
    recipe = _recipe().replace("heartwood.example.org {", f"https://{NAME}:{port} {{\n\ttls internal")
    recipe = recipe.replace("127.0.0.1:8000", f"127.0.0.1:{app}")
    (tmp_path / "Caddyfile").write_text(
        f"{{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}}\n{recipe}"
    )
    place = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    words = ["caddy", "run", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"]
    with (tmp_path / "caddy.log").open("wb") as log:
        process = subprocess.Popen(words, env={**os.environ, **place}, stdout=log, stderr=log)
    one = Caddy(tmp_path, port, process)
    settings = {
        "HEARTWOOD_URL": f"https://{NAME}:{port}", "HEARTWOOD_PROXIES": "127.0.0.1",
        "HEARTWOOD_CONTACT": "anna@example.org",
    }  # fmt: skip
    server = Server(tmp_path / "data", app, environment=settings).start()
    for _ in range(100):
        if one.root.exists():
            break
        time.sleep(0.1)
    yield one, server
    server.kill()
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def trusting_browser(caddy: tuple[Caddy, Server], playwright: Any) -> Iterator[Any]:
    """A Chromium that trusts caddy's authority and ignores no error."""
    home = caddy[0].folder / "home"
    store = home / ".pki/nssdb"
    store.mkdir(parents=True)
    certutil = ["certutil", "-d", f"sql:{store}"]
    subprocess.run([*certutil, "-N", "--empty-password"], check=True)
    subprocess.run([*certutil, "-A", "-t", "C,,", "-n", "caddy", "-i", str(caddy[0].root)], check=True)
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), env={**os.environ, "HOME": str(home)},
        args=["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"],
    )  # fmt: skip
    yield browser
    browser.close()


def _link(server: Server) -> str:
    found = re.search(r"https://\S+/join/\S+", server.said)
    assert found, server.said
    return found.group()


@needs_caddy
def test_the_recipe_serves_a_sign_up_over_https(caddy: tuple[Caddy, Server], trusting_browser: Any) -> None:
    server = caddy[1]
    context = trusting_browser.new_context()
    page = context.new_page()

    door = page.goto(f"https://{NAME}:{caddy[0].port}/")
    page.goto(_link(server))
    page.get_by_label("Your name").fill("Amara")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Open my account").click()
    page.wait_for_url("**/begin/")

    assert door.headers["strict-transport-security"] == YEAR
    assert page.evaluate("isSecureContext")
    assert page.get_by_text("This address has no https").count() == 0
    session = {cookie["name"]: cookie["secure"] for cookie in context.cookies()}
    assert session == {"csrftoken": True, "sessionid": True}
    assert "Sign-up stays closed" not in server.said


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for this machine, its own authority, and the key."""
    return own_certificate(tmp_path, name=NAME)


class SecureServer(Server):
    """A server that answers https by itself."""

    def ask(self, path: str, **headers: str) -> Any:
        trusting = ssl.create_default_context(cafile=self.environment["HEARTWOOD_CERTIFICATE"])
        request = Request(f"https://127.0.0.1:{self.port}{path}", headers=headers)
        return urlopen(request, timeout=5, context=trusting)

    def _wait(self) -> None:
        for _ in range(600):
            assert self.process and self.process.poll() is None, self.said
            try:
                self.ask("/readyz")
                return
            except (URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(self.said)


def test_a_certificate_given_to_the_server_itself_is_enough(
    tmp_path: Path, certificate: tuple[Path, Path]
) -> None:
    settings = {
        "HEARTWOOD_CERTIFICATE": str(certificate[0]),
        "HEARTWOOD_CERTIFICATE_KEY": str(certificate[1]),
    }
    server = SecureServer(tmp_path / "data", free_port(), environment=settings).start()
    try:
        page = server.ask("/sign-in/")

        assert page.headers["Strict-Transport-Security"] == YEAR
        assert "Secure" in page.headers["Set-Cookie"]
    finally:
        server.kill()


def test_what_an_undeclared_sender_says_about_https_has_no_effect(live: Server) -> None:
    spoofed = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "elsewhere.example",
        "Forwarded": "proto=https",
    }

    with urlopen(Request(f"http://127.0.0.1:{live.port}/sign-in/", headers=spoofed), timeout=5) as page:
        assert page.headers["Strict-Transport-Security"] is None
        assert "elsewhere.example" not in page.read().decode()
