import assert from "node:assert/strict";
import test from "node:test";

import { judge, keepShut, Learnt, Presence } from "../../src/heartwood/web/people/static/people/curtain.js";

const MINUTE = 60_000;

function shelf() {
  const kept = new Map();
  return {
    kept, getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => { kept.set(name, value); },
    removeItem: (name) => { kept.delete(name); },
  };
}

test("the curtain falls after the minutes that somebody chose, and not before", () => {
  const clock = { ms: 1_000 };
  const presence = new Presence({ minutes: 5, clock: () => clock.ms, storage: null });

  clock.ms += 5 * MINUTE - 1;
  const before = presence.isAway;
  clock.ms += 1;

  assert.deepEqual([before, presence.isAway], [false, true]);
});

test("whoever is here in another tab is here", () => {
  const clock = { ms: 1_000 }, storage = shelf();
  const [one, other] = [1, 2].map(() => new Presence({ minutes: 1, clock: () => clock.ms, storage }));

  clock.ms += 2 * MINUTE;
  other.here();

  assert.equal(one.isAway, false);
});

test("locked by hand is locked in every tab, until the PIN opens one", () => {
  const clock = { ms: 1_000 }, storage = shelf();
  const [one, other] = [1, 2].map(() => new Presence({ minutes: 60, clock: () => clock.ms, storage }));

  clock.ms += 1_000;
  one.shut();
  const shut = [one.isAway, other.isAway];
  clock.ms += 1_000;
  other.opened();

  assert.deepEqual([shut, one.isAway || other.isAway], [[true, true], false]);
});

test("a clock that is set back counts as away", () => {
  const clock = { ms: 10 * MINUTE };
  const presence = new Presence({ minutes: 5, clock: () => clock.ms, storage: null });

  clock.ms = 0;

  assert.equal(presence.isAway, true);
});

test("the curtain cannot be pushed aside, only opened", () => {
  let shown = 0;
  const dialog = Object.assign(new EventTarget(), { dataset: {}, setAttribute() {}, showModal() { shown += 1; } });
  keepShut(dialog);
  const asked = new Event("cancel", { cancelable: true });

  dialog.dataset.fallen = "yes";
  dialog.dispatchEvent(asked);
  dialog.dispatchEvent(new Event("close"));
  delete dialog.dataset.fallen;
  dialog.dispatchEvent(new Event("close"));

  assert.deepEqual([asked.defaultPrevented, shown], [true, 1]);
});

test("without a connection the PIN that was learnt opens, and no other", async () => {
  const learnt = new Learnt({ storage: shelf(), crypto: globalThis.crypto });
  await learnt.learn("2468", 5);
  const ask = async () => { throw new TypeError("no network"); };

  assert.deepEqual(await judge("2468", { ask, learnt, minutes: 5 }), { opened: true });
  assert.deepEqual(await judge("2469", { ask, learnt, minutes: 5 }), { opened: false, wrong: "wrong" });
});

test("the PIN itself is nowhere on the device", async () => {
  const storage = shelf(), learnt = new Learnt({ storage, crypto: globalThis.crypto });

  await learnt.learn("86421357", 5);

  assert.equal(JSON.stringify([...storage.kept]).includes("86421357"), false);
  assert.equal(learnt.lock.minutes, 5);
});

test("of two people on one phone, neither meets the other's PIN", async () => {
  const storage = shelf(), crypto = globalThis.crypto;
  const [amara, eve, stranger] = ["a", "e", ""].map((owner) => new Learnt({ storage, crypto, owner }));

  await amara.learn("2468", 5);

  assert.deepEqual([amara.lock?.minutes, eve.lock, stranger.lock?.minutes], [5, null, 5]);
  assert.equal(await eve.knows("2468"), false);
});

test("what a device keeps in pieces is nothing learnt", () => {
  const storage = shelf();
  storage.setItem("heartwood.lock", "{half");

  assert.equal(new Learnt({ storage, crypto: globalThis.crypto }).lock ?? null, null);
});

test("with a connection the server judges, also against what was learnt before", async () => {
  const learnt = new Learnt({ storage: shelf(), crypto: globalThis.crypto });
  await learnt.learn("1111", 5);
  const no = async () => new Response('{"error": "Not this one."}', { status: 422 });
  const yes = async () => new Response("{}");

  assert.deepEqual(await judge("1111", { ask: no, learnt, minutes: 5 }), { opened: false, wrong: "Not this one." });
  assert.deepEqual(await judge("2222", { ask: yes, learnt, minutes: 5 }), { opened: true });
  assert.equal(await learnt.knows("2222"), true);
});

test("a device that has learnt nothing says so instead of opening", async () => {
  const learnt = new Learnt({ storage: shelf(), crypto: globalThis.crypto });

  assert.deepEqual(await judge("2468", { ask: null, learnt, minutes: 5 }), { opened: false, wrong: "unknown" });
});
