import assert from "node:assert/strict";
import test from "node:test";

import { linesAt, timeLeft } from "../../src/heartwood/web/practices/static/practices/lines.js";
import { made } from "../../src/heartwood/web/practices/static/practices/making.js";
import { lit } from "../../src/heartwood/web/practices/static/practices/rings.js";
import { goesOn } from "../../src/heartwood/web/practices/static/practices/sitting.js";
import { Tabs } from "../../src/heartwood/web/practices/static/practices/tabs.js";
import { fadeOut } from "../../src/heartwood/web/practices/static/practices/too_much.js";
import { FakeMedia } from "./fake_media.mjs";

const cue = (start_ms, text) => ({ kind: "cue", start_ms, length_ms: 2_000, text, id: text });
const timeline = [
  { kind: "bell", start_ms: 0, length_ms: 9_000, text: "", id: "opening" },
  cue(9_000, "first"),
  { kind: "pause", start_ms: 11_000, length_ms: 9_000, text: "", id: "first" },
  cue(20_000, "second"),
];

test("the line now is the cue last begun, the line next the one after it", () => {
  const shown = (ms) => { const { now, next } = linesAt(timeline, ms); return [now?.text, next?.text]; };

  assert.deepEqual(shown(0), [undefined, "first"]);
  assert.deepEqual(shown(9_000), ["first", "second"]);
  assert.deepEqual(shown(19_999), ["first", "second"]);
  assert.deepEqual(shown(20_000), ["second", undefined]);
});

test("time left is told in whole minutes", () => {
  assert.deepEqual([600_000, 95_000, 40_000, 29_999, 0].map((ms) => timeLeft(ms).minutes), [10, 2, 1, 0, 0]);
});

test("one more ring is lit at a time, from none before the beginning to all at the end", () => {
  const steps = Array.from({ length: 601 }, (_, second) => lit(second * 1000, 600_000, 8));

  assert.equal(steps[0], 0);
  assert.equal(steps[1], 1);
  assert.equal(steps[600], 8);
  for (let second = 1; second < steps.length; second += 1) assert.ok([0, 1].includes(steps[second] - steps[second - 1]));
});

test("the sound fades over two to three seconds, stops, and has its volume back", async () => {
  const media = new FakeMedia({ ms: 0 });
  const volumes = [];
  let waited = 0;
  await media.play();

  await fadeOut(media, (call, ms) => { volumes.push(media.volume); waited += ms; call(); });

  assert.ok(waited >= 2_000 && waited <= 3_000);
  for (let step = 1; step < volumes.length; step += 1) assert.ok(volumes[step] < volumes[step - 1]);
  assert.equal(media.paused, true);
  assert.equal(media.volume, 1);
});

test("where a page may not set the volume the sound stops at once", async () => {
  const media = new FakeMedia({ ms: 0 });
  Object.defineProperty(media, "volume", { get: () => 1, set: () => {} });
  await media.play();

  await fadeOut(media, () => assert.fail("it waited"));

  assert.equal(media.paused, true);
});

test("a sitting left in the middle is gone on with today, and not next week, nor after its end", () => {
  const place = { position_ms: 60_000, wall_ms: 1_000_000, over: false };
  const anHour = 3_600_000;

  assert.equal(goesOn(place, 1_000_000 + anHour), true);
  assert.equal(goesOn(place, 1_000_000 + 24 * anHour), false);
  assert.equal(goesOn(place, -2_000_000_000_000), false, "the clock was set back meanwhile");
  assert.equal(goesOn({ ...place, over: true }, 1_000_000), false);
  assert.equal(goesOn({ ...place, position_ms: 900 }, 1_000_000), false);
  assert.equal(goesOn(undefined, 0), false);
});

test("a practice in the making is asked after until it is ready, through a lost answer too", async () => {
  const answers = [{ state: "due", progress: 0 }, null, { state: "making", progress: 40 }, { state: "ready", progress: 100 }];
  const shown = [];
  const waits = [];

  const outcome = await made({
    url: "/progress", show: (percent) => shown.push(percent),
    later: (call, ms) => { waits.push(ms); call(); },
    fetch: async () => {
      const next = answers.shift();
      if (!next) throw new TypeError("Failed to fetch");
      return new Response(JSON.stringify(next));
    },
  });

  assert.equal(outcome, "ready");
  assert.deepEqual(shown, [0, 40]);
  assert.deepEqual(waits, [1_000, 1_000, 1_000]);
});

test("tabs hear each other, and not themselves", () => {
  const heard = [];
  const channels = [];
  class Channel {
    constructor() { channels.push(this); }
    postMessage(data) { for (const other of channels) if (other !== this) other.onmessage({ data }); }
  }
  const first = new Tabs((told) => heard.push(["first", told]), { Channel });
  const second = new Tabs((told) => heard.push(["second", told]), { Channel });

  first.tell({ sitting: "s", sequence: 3, kind: "started", position_ms: 0 });
  second.tell({ sitting: "s", sequence: 4, kind: "started" });

  assert.deepEqual(heard, [
    ["second", { sitting: "s", sequence: 3, kind: "started" }],
    ["first", { sitting: "s", sequence: 4, kind: "started" }],
  ]);
});
