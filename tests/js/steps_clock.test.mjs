import assert from "node:assert/strict";
import { test } from "node:test";

import { face, StepsClock } from "../../src/heartwood/web/today/static/today/steps_clock.js";

test("each step runs its time, and then the next one", () => {
  const clock = new StepsClock([60, 180, 60]);

  assert.equal(clock.seconds, 300);
  assert.deepEqual(clock.at(0), { place: 0, left: 60 });
  assert.deepEqual(clock.at(59.5), { place: 0, left: 1 });
  assert.deepEqual(clock.at(60), { place: 1, left: 180 });
  assert.deepEqual(clock.at(299.9), { place: 2, left: 1 });
});

test("after the last step there is none", () => {
  const clock = new StepsClock([60, 30]);

  assert.equal(clock.at(90), null);
  assert.equal(clock.at(1e6), null);
  assert.equal(clock.beginOf(1), 60);
  assert.equal(clock.beginOf(2), 90);
});

test("a face shows minutes and two digits of seconds", () => {
  assert.deepEqual([0, 9, 60, 161].map(face), ["0:00", "0:09", "1:00", "2:41"]);
});
