import assert from "node:assert/strict";
import test from "node:test";

import { practisedMs } from "../../src/heartwood/web/practices/static/practices/counting.js";
import { Observer } from "../../src/heartwood/web/practices/static/practices/observations.js";
import { FakeMedia, FakePage } from "./fake_media.mjs";

function watched({ after = 0 } = {}) {
  const clock = { ms: 1_000_000 };
  const media = new FakeMedia(clock);
  const page = new FakePage();
  const view = new EventTarget();
  const told = [];
  let made = 0;
  const observer = new Observer({
    media, page, view, after, record: (one) => told.push(one), newId: () => `id-${(made += 1)}`, now: () => clock.ms,
  });
  observer.begin();
  return { media, page, view, told, observer, clock, kinds: () => told.map((one) => one.kind) };
}

test("a practice heard to its end is told from first to last", () => {
  const { media, told, kinds } = watched();

  media.play();
  media.run(12);
  media.finish();

  assert.deepEqual(kinds(), ["started", "advanced", "advanced", "finished"]);
  assert.deepEqual(told.map((one) => one.sequence), [1, 2, 3, 4]);
  assert.equal(practisedMs(told), 12_000);
});

test("no more than ten seconds pass between two reports while sound plays", () => {
  const { media, told } = watched();

  media.play();
  media.run(300);

  for (const [at, one] of told.slice(1).entries()) assert.ok(one.position_ms - told[at].position_ms <= 10_000);
});

test("a jump tells where it left and where it landed, and adds nothing", () => {
  const { media, told, kinds } = watched();

  media.play();
  media.run(3);
  media.seek(100);
  media.run(2);
  media.pause();

  assert.deepEqual(kinds(), ["started", "advanced", "seeked", "paused"]);
  assert.deepEqual(told.map((one) => one.position_ms), [0, 3_000, 100_000, 102_000]);
  assert.equal(practisedMs(told), 5_000);
});

test("a jump while script was held back counts up to the place it was pressed at", () => {
  const { media, told, observer } = watched();

  media.play();
  media.runUnheard(240);
  observer.beforeJump();
  media.seek(media.currentTime - 15);
  media.run(5);
  media.pause();

  assert.equal(practisedMs(told), 245_000);
});

test("a locked phone loses nothing", () => {
  const { media, page, told } = watched();

  media.play();
  media.run(4);
  page.hide();
  media.runUnheard(500);
  page.show();
  media.finish();

  assert.equal(practisedMs(told), 504_000);
});

test("hiding the page tells how far it has come", () => {
  const { media, page, told } = watched();

  media.play();
  media.run(3);
  page.hide();

  assert.equal(told.at(-1).kind, "advanced");
  assert.equal(told.at(-1).position_ms, 3_000);
});

test("a pause is told once and what follows it starts anew", () => {
  const { media, clock, kinds, told } = watched();

  media.play();
  media.run(2);
  media.pause();
  clock.ms += 3_600_000;
  media.play();
  media.run(2);
  media.pause();

  assert.deepEqual(kinds(), ["started", "paused", "started", "paused"]);
  assert.equal(practisedMs(told), 4_000);
});

test("a stall ends what counts until the sound goes on", () => {
  const { media, clock, kinds, told } = watched();

  media.play();
  media.run(2);
  media.starve();
  clock.ms += 30_000;
  media.recover();
  media.run(1);
  media.pause();

  assert.deepEqual(kinds(), ["started", "stalled", "started", "paused"]);
  assert.equal(practisedMs(told), 3_000);
});

test("a jump while paused is told and starts nothing", () => {
  const { media, told } = watched();

  media.play();
  media.run(2);
  media.pause();
  media.seek(300);

  assert.deepEqual(told.slice(-1).map((one) => [one.kind, one.position_ms]), [["seeked", 300_000]]);
  assert.equal(practisedMs(told), 2_000);
});

test("closing the page amid a jump does not count the jump", () => {
  const { media, view, told } = watched();

  media.play();
  media.run(3);
  media.currentTime = 400;
  media.seeking = true;
  media.dispatchEvent(new Event("seeking"));
  view.dispatchEvent(new Event("pagehide"));

  assert.equal(told.at(-1).kind, "left");
  assert.equal(practisedMs(told), 3_000);
});

test("a page that comes back from the browser's keeping goes on counting", () => {
  const { media, view, kinds, told } = watched();

  media.play();
  media.run(2);
  view.dispatchEvent(new Event("pagehide"));
  view.dispatchEvent(new Event("pageshow"));
  media.run(2);
  media.pause();

  assert.deepEqual(kinds(), ["started", "left", "started", "paused"]);
  assert.equal(practisedMs(told), 4_000);
});

test("what played before anybody looked is nobody's sitting", () => {
  const { media, told, observer } = watched();
  observer.end();

  media.play();
  media.run(20);
  media.pause();

  assert.deepEqual(told, []);
});

test("nothing is told of a page that was only opened and closed", () => {
  const { view, told } = watched();

  view.dispatchEvent(new Event("pagehide"));

  assert.deepEqual(told, []);
});

test("a sitting that goes on after a reload goes on with its numbers", () => {
  const { media, told } = watched({ after: 7 });

  media.play();

  assert.equal(told[0].sequence, 8);
});

test("ending here is told once, and closing the page afterwards adds nothing", () => {
  const { media, view, kinds, observer } = watched();

  media.play();
  media.run(1);
  media.pause();
  observer.leave();
  observer.leave();
  view.dispatchEvent(new Event("pagehide"));

  assert.deepEqual(kinds(), ["started", "paused", "left"]);
});

test("when another tab has gone on, this one numbers on from there and starts anew", () => {
  const { media, told, observer } = watched();

  media.play();
  media.run(4);
  observer.numberAfter(9);
  observer.startAnew();
  media.run(4);
  media.pause();

  assert.deepEqual(told.map((one) => [one.sequence, one.kind]), [[1, "started"], [10, "started"], [11, "paused"]]);
});
