import assert from "node:assert/strict";
import { test } from "node:test";

import { chosen, MomentClock } from "../../src/heartwood/web/today/static/today/moments.js";

test("each line has its time, and the last one its pause", () => {
  const clock = new MomentClock([0, 9_000, 20_000], 30_000);

  assert.deepEqual([0, 8_999, 9_000, 19_999, 20_000, 29_999].map((ms) => clock.at(ms)), [0, 0, 1, 1, 2, 2]);
});

test("when all lines have had their time there is none left", () => {
  const clock = new MomentClock([0, 9_000], 20_000);

  assert.deepEqual([20_000, 9e9].map((ms) => clock.at(ms)), [2, 2]);
});

test("a moment is asked for by name; without one, or with a strange one, the first comes", () => {
  const names = ["for-me", "the-news"];

  assert.deepEqual(["#the-news", "", "#else", "#"].map((hash) => chosen(hash, names)), ["the-news", "for-me", "for-me", "for-me"]);
});
