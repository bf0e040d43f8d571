import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { afterSettling, practisedMs } from "../../src/heartwood/web/practices/static/practices/counting.js";

const told = JSON.parse(readFileSync(new URL("../fixtures/counting.json", import.meta.url), "utf8"));

test("there is something to count", () => assert.ok(told.length > 20));

for (const { name, events: observed, settling_ms = 0, practised_ms } of told) {
  const events = afterSettling(observed, settling_ms);

  test(name, () => assert.equal(practisedMs(events), practised_ms));

  test(`${name}, whatever the order of arrival`, () => {
    assert.equal(practisedMs([...events].reverse()), practised_ms);
  });

  test(`${name}, told three times in any order`, () => {
    for (let turn = 1; turn <= 5; turn += 1) {
      assert.equal(practisedMs(shuffled([...events, ...events, ...events], turn * 7919)), practised_ms);
    }
  });
}

/** The same shuffle for the same seed. */
function shuffled(things, seed) {
  const mixed = [...things];
  let chance = seed;
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    chance = (chance * 48271) % 2147483647;
    const place = chance % (last + 1);
    [mixed[last], mixed[place]] = [mixed[place], mixed[last]];
  }
  return mixed;
}
