import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { practisedMs } from "../../src/heartwood/web/practices/static/practices/counting.js";

const told = JSON.parse(readFileSync(new URL("../fixtures/counting.json", import.meta.url), "utf8"));

test("there is something to count", () => assert.ok(told.length > 20));

for (const { name, events, practised_ms } of told) {
  test(name, () => assert.equal(practisedMs(events), practised_ms));

  test(`${name}, whatever the order of arrival`, () => {
    assert.equal(practisedMs([...events].reverse()), practised_ms);
  });
}
