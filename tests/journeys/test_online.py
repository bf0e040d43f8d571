"""The recipes of docs/how-to/put-it-online.md: behind Debian's caddy, and with a certificate of its own."""

from __future__ import annotations

import email
import email.policy
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

from tests.journeys.conftest import ROOT, Server, free_port, wait_until
from tests.journeys.steps import begin_today, skip_sound_check
from tests.own_certificate import own_certificate
from tests.post_office import PostOffice, post_office

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
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def caddy(tmp_path: Path, office: PostOffice) -> Iterator[tuple[Caddy, Server]]:
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
        "HEARTWOOD_CONTACT": "anna@example.org", "HEARTWOOD_MAIL_HOST": "127.0.0.1",
        "HEARTWOOD_MAIL_PORT": str(office.port), "HEARTWOOD_MAIL_TLS": "none",
        "HEARTWOOD_MAIL_FROM": "heartwood@example.org",
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
def test_the_recipe_as_one_story_from_a_letter_to_a_practice_over_https(
    caddy: tuple[Caddy, Server], trusting_browser: Any, office: PostOffice
) -> None:
    """Invited by letter, signed in by a code from a letter, with a passkey the next time, and practising."""
    address, server = f"https://{NAME}:{caddy[0].port}", caddy[1]
    tried = server.command("mail", "test", "operator@example.org")
    assert (tried.returncode, len(office.taken)) == (0, 1), tried.stderr

    owner = trusting_browser.new_context()
    _open_account(owner.new_page(), _link(server), name="Bo")
    desk = owner.pages[0]
    desk.goto(f"{address}/invitations/")
    desk.get_by_label("Send it to").fill("amara@example.org")
    desk.get_by_role("button", name="Make a link").click()
    [invitation] = re.findall(r"https\S+/join/\S+", _letter(office, 2))

    first = trusting_browser.new_context()
    _open_account(first.new_page(), invitation, name="Amara", address="amara@example.org")
    [confirmation] = re.findall(r"https\S+/address/\S+", _letter(office, 3))

    phone = trusting_browser.new_context()
    page = phone.new_page()
    door = page.goto(confirmation)
    page.get_by_role("button", name="This is my address").click()
    page.goto(f"{address}/sign-in/")
    page.get_by_role("link", name="Send me a code by e-mail").click()
    page.get_by_label("E-mail address").fill("Amara@Example.org")
    page.get_by_role("button", name="Send me a code").click()
    [code] = re.findall(r"^    (\S+)", _letter(office, 4), re.M)
    page.get_by_label("The code from the letter").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/begin/")

    assert door.headers["strict-transport-security"] == YEAR
    assert page.evaluate("isSecureContext")
    assert page.get_by_text("This address has no https").count() == 0
    cookies = {cookie["name"]: cookie["secure"] for cookie in phone.cookies()}
    assert cookies == {"csrftoken": True, "sessionid": True}
    assert "Sign-up stays closed" not in server.said

    _carry_an_authenticator(phone, page)
    page.goto(f"{address}/settings/passkeys/add/")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/settings/passkeys/")
    phone.clear_cookies()
    page.goto(f"{address}/sign-in/?next=/begin/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{address}/begin/")

    begin_today(page)
    page.locator(".today__lengths a").first.click()
    page.wait_for_selector("[data-player-play]:not([disabled])", timeout=120_000)
    page.locator("[data-player-play]").first.click()
    skip_sound_check(page)
    wait_until(page, "document.querySelector('audio').currentTime > 2", seconds=30)

    _lock_and_open_by_passkey(page, address)

    told = server.command("mail", "list").stdout
    assert "sent 3" in told and "unknown 0" in told
    assert "amara" not in told


def _lock_and_open_by_passkey(page: Any, address: str) -> None:
    page.goto(f"{address}/settings/lock/")
    page.get_by_label("Lock my pages").select_option("15")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Lock now").click()
    page.wait_for_selector("text=Your pages are locked")
    page.goto(f"{address}/journal/")
    assert page.get_by_role("heading", name="Journal").count() == 0
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{address}/journal/")
    assert page.get_by_role("heading", name="Journal").count() == 1


def _letter(office: PostOffice, number: int) -> str:
    """The plain words of one letter, as soon as it is there."""
    for _ in range(300):
        if len(office.taken) >= number:
            content = office.taken[number - 1].content
            parsed: Any = email.message_from_bytes(content, policy=email.policy.default)
            return str(parsed.get_body(("plain",)).get_content())
        time.sleep(0.1)
    raise AssertionError(f"letter {number} did not come")


def _open_account(page: Any, link: str, *, name: str, address: str = "") -> None:
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    if address:
        page.get_by_label("E-mail").fill(address)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Open my account").click()
    page.wait_for_url("**/begin/")


def _carry_an_authenticator(context: Any, page: Any) -> None:
    """A phone that keeps passkeys and opens them by itself, as Chromium's own virtual one."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})


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
