import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { PracticeClock } from "../../src/heartwood/web/practices/static/practices/clock.js";

const told = JSON.parse(readFileSync(new URL("../fixtures/clock.json", import.meta.url), "utf8"));

test("there is something to measure", () => assert.ok(told.length > 10));

for (const { name, steps, read_at_ms, practised_ms } of told) {
  test(name, () => {
    let now = 0;
    const clock = new PracticeClock(() => now);
    for (const [verb, at] of steps) {
      now = at;
      clock[verb]();
    }
    now = read_at_ms;

    assert.equal(clock.elapsedMs, practised_ms);
  });
}
