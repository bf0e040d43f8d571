import assert from "node:assert/strict";
import { test } from "node:test";

import { isWithin } from "../../src/heartwood/web/today/static/today/clock_times.js";

test("a segment is now from its first minute until before the next one's", () => {
  assert.deepEqual(
    ["18:59", "19:00", "19:14", "19:15"].map((now) => isWithin(now, "19:00", "19:15")),
    [false, true, true, false],
  );
});

test("a segment over midnight is now on both sides of it", () => {
  assert.deepEqual(
    ["23:49", "23:50", "00:00", "00:04", "00:05"].map((now) => isWithin(now, "23:50", "00:05")),
    [false, true, true, true, false],
  );
});
