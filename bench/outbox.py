"""How many waiting observations a second a device sends with its own script, and what ten thousand cost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

from bench.house import House

EVENTS, SITTINGS = 10_000, 200
LIMIT_SECONDS = 600
SEND_ALL = """async ([events, sittings, owner, rendering, token]) => {
  const from = (name) => import(`/static/practices/${name}.js`);
  const [{ Outbox }, { openStore }, { newId }] = await Promise.all(['outbox', 'store', 'ids'].map(from));
  const store = await openStore(window);
  const each = events / sittings, now = Date.now() - 86400000;
  const began = performance.now();
  for (let sitting = 0; sitting < sittings; sitting += 1) {
    const id = newId(), puts = [];
    for (let sequence = 0; sequence < each; sequence += 1) {
      const event = { id: newId(), sequence, kind: sequence ? 'advanced' : 'started',
        position_ms: sequence * 1000, wall_ms: now + sitting * 200000 + sequence * 1000 };
      puts.push(store.put({ id: event.id, owner, sitting: id, url: `/api/sittings/${id}/events`,
        opening: { rendering, practice: 'arrive' }, event }));
    }
    await Promise.all(puts);
  }
  const kept = performance.now();
  const outbox = new Outbox({ store, owner, token, fetch: (...words) => fetch(...words), later: () => {} });
  const state = await outbox.flush();
  return { state, left: (await store.all()).length, keeping: (kept - began) / 1000,
    sending: (performance.now() - kept) / 1000 };
}"""


def figures(measured: House) -> Iterator[str]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if not chromium:
        yield "outbox               not measured: Chromium is not installed here"
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        told = _sent(browser, measured)
        browser.close()
    assert (told["state"], told["left"]) == ("kept", 0), told
    yield f"outbox               {EVENTS / told['sending']:5.0f} events a second reach the server, once"
    yield f"  {EVENTS} events in {SITTINGS} sittings: kept on the device in {told['keeping']:.1f} s,"
    yield f"  sent and acknowledged in {told['sending']:.1f} s"


def _sent(browser: Any, measured: House) -> dict[str, Any]:
    """What became of them, in a browser that holds them all."""
    context = browser.new_context(service_workers="block")
    context.add_cookies(
        [{"name": c.name, "value": c.value, "url": measured.server.url} for c in measured.person.cookies]
    )
    page = context.new_page()
    page.set_default_timeout(LIMIT_SECONDS * 1000)
    page.goto(f"{measured.server.url}/practices/arrive/")
    facts = page.evaluate("({...document.querySelector('[data-player]').dataset})")
    told = page.evaluate(SEND_ALL, [EVENTS, SITTINGS, facts["owner"], facts["rendering"], facts["token"]])
    context.close()
    return dict(told)
