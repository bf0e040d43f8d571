"""How many bytes a browser fetches for a page it never saw, heads included, the sound apart."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bench.house import House

AIM_KB = 100
PAGES = ("/", "/sit/", "/today/", "/practices/arrive/")


def figures(measured: House) -> Iterator[str]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if not chromium:
        yield "first page           not measured: Chromium is not installed here"
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = {path: _fetched(browser, measured, path) for path in PAGES}
        browser.close()
    yield f"first page           {_kilobytes(found['/']) / AIM_KB:5.2f} of the {AIM_KB} kB aimed at"
    for path, kinds in found.items():
        told = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in kinds.most_common())
        yield f"  {path:<20} {_kilobytes(kinds):6.1f} kB   ({told})"


def _fetched(browser: Any, measured: House, path: str) -> Counter[str]:
    """Bytes on the wire by kind, in a browser with an empty cache; the sound is left out."""
    context = browser.new_context()
    if path not in {"/", "/sit/"}:
        context.add_cookies(
            [{"name": c.name, "value": c.value, "url": measured.server.url} for c in measured.person.cookies]
        )
    page = context.new_page()
    wire = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: Counter[str] = Counter()

    def note(told: dict[str, Any]) -> None:
        kinds[told["requestId"]] = _kind(told["type"], told["response"]["url"])

    def add(told: dict[str, Any]) -> None:
        sizes[kinds.get(told["requestId"], "other")] += told["encodedDataLength"]

    wire.on("Network.responseReceived", note)
    wire.on("Network.loadingFinished", add)
    wire.send("Network.enable")
    page.goto(measured.server.url + path, wait_until="load")
    page.wait_for_timeout(1500)
    context.close()
    del sizes["sound"]
    return sizes


def _kind(told: str, url: str) -> str:
    if urlsplit(url).path.startswith("/sound/"):
        return "sound"
    return {"Document": "html", "Stylesheet": "css", "Script": "js"}.get(told, "other")


def _kilobytes(kinds: Counter[str]) -> float:
    return sum(kinds.values()) / 1000
