import assert from "node:assert/strict";
import test from "node:test";

import { Player } from "../../src/heartwood/web/practices/static/practices/player.js";
import { steadyClock } from "../../src/heartwood/web/practices/static/practices/steady_clock.js";
import { FakeMedia, FakePage } from "./fake_media.mjs";

const HOUR = 3_600_000;
const NAMES = ["play", "back", "forward", "stage", "now", "next", "announce", "aloud", "left", "left-text"];

/** As much of an element as the player touches. */
class Part extends EventTarget {
  dataset = {};
  textContent = "";
  children = [];
  disabled = true;
  #told = new Map();
  getAttribute(name) { return this.#told.get(name) ?? null; }
  setAttribute(name, value) { this.#told.set(name, value); }
  focus() {}
}

/** A device whose steady clock rests while it sleeps. */
class Device {
  wallMs = 1_760_000_000_000;
  steadyMs = 1_000;
  run(ms) { this.wallMs += ms; this.steadyMs += ms; }
  sleep(ms) { this.wallMs += ms; }
}

function opened({ mustHear = false } = {}) {
  const device = new Device();
  const media = new FakeMedia({ ms: 0 });
  const recorded = [];
  const check = { isOpen: false, begin() { this.isOpen = true; } };
  const parts = Object.fromEntries([...NAMES, "messages"].map((name) => [name, new Part()]));
  parts.messages.children = [{ dataset: { message: "stopped" }, hidden: true }];
  const sitting = {
    id: "s1", place: { sequence: 0 }, record: (seen) => recorded.push(seen), pausedSeen() {}, pausedHidden() {}, sendLeaving() {},
  };
  const player = new Player({
    media, sitting, parts, timeline: [], lengthMs: 600_000, rings: { show() {} }, page: new FakePage(), view: new EventTarget(),
    later: () => {}, newId: () => `o${recorded.length}`,
    clock: () => steadyClock({ wall: () => device.wallMs, steady: () => device.steadyMs }),
  });
  player.begin({ check, mustHear, along: { come() {} }, panel: {}, tabs: null, startsAtMs: 0, ended() {} });
  return { player, media, device, recorded, check };
}

test("a sitting begun the morning after its page was opened is dated in the morning", () => {
  const { player, device, recorded } = opened();
  device.sleep(9 * HOUR);
  const morning = device.wallMs;

  player.play();

  assert.deepEqual(recorded.map(({ kind, wall_ms }) => [kind, wall_ms]), [["started", morning]]);
});

test("a clock that is set amid a sitting does not move it", () => {
  const { player, device, recorded } = opened();
  player.play();
  const [{ wall_ms: began }] = recorded;

  device.wallMs -= 2 * HOUR;
  device.run(60_000);
  player.pause();

  assert.equal(recorded.at(-1).wall_ms - began, 60_000);
});

test("a call gives the sound back as the person left it", () => {
  const { player, media } = opened();
  player.play();

  player.taken();
  media.pause();
  player.givenBack();

  assert.equal(media.paused, false);
});

test("the pause of the sound check, told late, is not taken for a stop from outside", () => {
  const { player, media } = opened();
  player.play();

  media.dispatchEvent(new Event("pause"));

  assert.equal(player.says, "");
});

test("a stop from outside is said", () => {
  const { player, media } = opened();
  player.play();

  media.pause();

  assert.equal(player.says, "stopped");
});

test("headphones pulled out during a call: nothing sounds from the speaker by itself afterwards", () => {
  const { player, media, check } = opened();
  player.play();

  player.taken();
  player.outputChanged();
  player.givenBack();

  assert.deepEqual([media.paused, check.isOpen], [true, false]);
});
