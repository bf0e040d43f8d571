"""From an invitation by letter to signing in with a code, in a real browser, over real SMTP."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Server, free_port
from tests.journeys.steps import open_account
from tests.post_office import PostOffice, post_office


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def mailing(office: PostOffice, tmp_path: Path) -> Iterator[Server]:
    """A server whose operator has set mail up."""
    environment = {
        "HEARTWOOD_MAIL_HOST": "127.0.0.1",
        "HEARTWOOD_MAIL_PORT": str(office.port),
        "HEARTWOOD_MAIL_FROM": "heartwood@example.org",
        "HEARTWOOD_MAIL_TLS": "none",
    }
    live = Server(tmp_path / "data", free_port(), environment=environment).start()
    yield live
    live.kill()


def _letter(office: PostOffice, number: int) -> str:
    """The plain words of one letter, as soon as it is there."""
    for _ in range(300):
        if len(office.taken) >= number:
            parsed: Any = email.message_from_bytes(
                office.taken[number - 1].content, policy=email.policy.default
            )
            return str(parsed.get_body(("plain",)).get_content())
        time.sleep(0.1)
    raise AssertionError(f"letter {number} did not come")


def test_invited_by_letter_confirmed_by_link_signed_in_by_code(
    mailing: Server, office: PostOffice, chromium: Any
) -> None:
    tried = mailing.command("mail", "test", "operator@example.org")
    assert (tried.returncode, len(office.taken)) == (0, 1), tried.stderr

    owner = chromium.new_context().new_page()
    open_account(owner, mailing, name="Bo")
    owner.goto(f"{mailing.url}/invitations/")
    owner.get_by_label("Send it to").fill("amara@example.org")
    owner.get_by_role("button", name="Make a link").click()
    [invitation] = re.findall(r"http\S+/join/\S+", _letter(office, 2))

    amara = chromium.new_context().new_page()
    amara.goto(invitation)
    amara.get_by_label("Your name").fill("Amara")
    amara.get_by_label("E-mail").fill("amara@example.org")
    for box in amara.get_by_role("checkbox").all():
        box.check()
    amara.get_by_role("button", name="Open my account").click()
    amara.wait_for_url("**/begin/")
    [link] = re.findall(r"http\S+/address/\S+", _letter(office, 3))

    elsewhere = chromium.new_context().new_page()
    elsewhere.goto(link)
    elsewhere.get_by_role("button", name="This is my address").click()
    elsewhere.goto(f"{mailing.url}/sign-in/")
    elsewhere.get_by_role("link", name="Send me a code by e-mail").click()
    elsewhere.get_by_label("E-mail address").fill("Amara@Example.org")
    elsewhere.get_by_role("button", name="Send me a code").click()
    [code] = re.findall(r"^    (\S+)", _letter(office, 4), re.M)
    elsewhere.get_by_label("The code from the letter").fill(code)
    elsewhere.get_by_role("button", name="Sign in").click()
    elsewhere.wait_for_url("**/begin/")

    told = mailing.command("mail", "list").stdout
    assert "sent 3" in told and "unknown 0" in told
    assert "amara" not in told
