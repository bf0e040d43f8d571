"""A real server in a folder of its own, and a real browser looking at it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"http://\S+/join/\S+")


@dataclass
class Server:
    """One Heartwood, started as an operator starts it, in a process group of its own.

    clone  start `./run` of this clone with an empty environment, instead of this tree's `heartwood serve`
    user   whose process it is, when the tests run as root
    noun   the words of the command that starts it; without any, `serve` in its data folder
    """

    data: Path
    port: int
    clone: Path | None = None
    user: str | None = None
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    noun: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.noun = self.noun or ("serve", "--data", str(self.data))

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    @property
    def owner_link(self) -> str:
        found = LINK.search(self.said)
        assert found, f"no owner link was printed:\n{self.said}"
        return found.group()

    @property
    def _log(self) -> Path:
        return self.data.with_name(f"{self.data.name}.log")

    def start(self) -> Server:
        with self._log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "heartwood", *self.noun, "--port", str(self.port)],
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT / "src"),
                    "PYTHONUNBUFFERED": "1",
                    **self.environment,
                },
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                text=True,
            )
        self._wait()
        return self

    def _wait(self) -> None:
        assert self.process
        for _ in range(600):
            assert self.process.poll() is None, f"the server ended by itself:\n{self.said}"
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not become ready:\n{self.said}")

    def stop(self) -> float:
        """End it politely; returns the seconds it took."""
        assert self.process
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=15)
        return time.monotonic() - began

    def kill(self) -> None:
        """End it as a power cut does: every process of it, at once."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "heartwood", *words],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "HEARTWOOD_DATA": str(self.data),
                 "HEARTWOOD_PORT": str(self.port), **self.environment},
            capture_output=True, text=True, check=False,
        )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(page: Any, holds: str, *, seconds: float) -> None:
    """Ask the page until an expression holds. Its security policy forbids Playwright's own way of waiting."""
    for _ in range(int(seconds * 10)):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{holds} did not come true within {seconds} seconds")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own, started."""
    live = Server(tmp_path / "data", free_port()).start()
    yield live
    if live.process and live.process.poll() is None:
        live.kill()


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server shared by the tests that only look."""
    shared = Server(tmp_path_factory.mktemp("live") / "data", free_port()).start()
    yield shared
    shared.kill()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """The one Playwright of this process: a second one beside it is refused."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Any) -> Iterator[object]:
    """Debian's Chromium under Playwright. `new_context()` gives a person's browser."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is not installed, so no journey can be made. On Debian: apt install chromium"
    browser = playwright.chromium.launch(
        executable_path=path,
        args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
              "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    )  # fmt: skip
    yield browser
    browser.close()
