"""python -m tests.journeys.pictures FOLDER [NAME …]: every page at three widths, light and dark."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from base64 import b64decode
from pathlib import Path
from typing import Any

from tests.journeys.conftest import Server, free_port
from tests.journeys.every_page import Page, pages_of

SIZES = {360: 640, 768: 1024, 1280: 800}
SCHEMES = ("light", "dark")


def main() -> None:
    """Start a server of its own, take the pictures, and end it."""
    from playwright.sync_api import sync_playwright

    asked = _asked()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        server = Server(Path(place) / "data", free_port()).start()
        try:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            for page in pages_of(server, browser):
                if not asked.names or page.name in asked.names:
                    take(page, server, browser, asked)
        finally:
            server.kill()


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.journeys.pictures", description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("names", nargs="*", help="only these pages, such as today or player")
    words.add_argument("--whole", action="store_true", help="the whole page, not only what is in sight")
    words.add_argument(
        "--webp", action="store_true", help="small pictures for documents, of what is in sight"
    )
    return words.parse_intermixed_args()


def take(page: Page, server: Server, browser: Any, asked: argparse.Namespace) -> None:
    """Six pictures of one page: NAME-WIDTH-SCHEME."""
    for scheme in SCHEMES:
        for width, height in SIZES.items():
            look = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
            with browser.new_context(storage_state=page.state, reduced_motion="reduce", **look) as context:
                shown = context.new_page()
                shown.goto(f"{server.url}{page.path}")
                shown.wait_for_load_state("networkidle")
                name = asked.folder / f"{page.name}-{width}-{scheme}"
                if asked.webp:
                    name.with_suffix(".webp").write_bytes(_small(shown))
                else:
                    shown.screenshot(path=name.with_suffix(".png"), full_page=asked.whole)


def _small(shown: Any) -> bytes:
    """What is in sight, as WebP."""
    devtools = shown.context.new_cdp_session(shown)
    taken = devtools.send("Page.captureScreenshot", {"format": "webp", "quality": 80})
    return b64decode(taken["data"])


if __name__ == "__main__":
    main()
