import assert from "node:assert/strict";
import test from "node:test";

import { Awake, BellBuzz, Comforts } from "../../src/heartwood/web/practices/static/practices/comforts.js";
import { watchInterruptions, watchOutputs } from "../../src/heartwood/web/practices/static/practices/surroundings.js";
import { FakeMedia, FakePage } from "./fake_media.mjs";

const settled = () => new Promise((resolve) => setImmediate(resolve));

class Button extends EventTarget {
  #pressed = "false";
  constructor(comfort) { super(); this.dataset = { comfort }; }
  getAttribute() { return this.#pressed; }
  setAttribute(_, value) { this.#pressed = value; }
  press() { this.dispatchEvent(new Event("click")); }
}

const storage = () => {
  const held = new Map();
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value) };
};

function switched(kept) {
  const buttons = [new Button("larger"), new Button("awake")];
  const told = [];
  new Comforts({ buttons, storage: kept, changed: (name, on) => told.push([name, on]) }).begin();
  return { buttons, told };
}

test("what was switched on is on again the next time", () => {
  const kept = storage();
  const first = switched(kept);
  first.buttons[0].press();
  first.buttons[1].press();
  first.buttons[1].press();

  assert.deepEqual(first.told, [["larger", true], ["awake", true], ["awake", false]]);
  assert.deepEqual(switched(kept).told, [["larger", true]]);
});

test("a stranger's switches work and are kept nowhere", () => {
  const { buttons, told } = switched(null);

  buttons[0].press();

  assert.deepEqual(told, [["larger", true]]);
});

test("the screen is held awake only while it plays, is seen, and is wanted so", async () => {
  const media = new FakeMedia({ ms: 0 });
  const page = new FakePage();
  const said = [];
  const lock = { request: async () => { said.push("held"); return { released: false, release: async () => { said.push("let go"); } }; } };
  const awake = new Awake({ lock, page, isDue: () => !media.paused });
  for (const name of ["playing", "pause", "ended"]) media.addEventListener(name, () => awake.settle());

  await media.play();
  await settled();
  assert.deepEqual(said, []);
  await awake.want(true);
  page.hide();
  await settled();
  page.show();
  await settled();
  media.finish();
  await settled();

  assert.deepEqual(said, ["held", "let go", "held", "let go"]);
});

test("a screen lock that comes only after it was no longer due is let go all the same", async () => {
  const answers = [];
  const said = [];
  const held = { released: false, release: async () => { said.push("let go"); } };
  const lock = { request: () => new Promise((resolve) => answers.push(() => { said.push("held"); resolve(held); })) };
  let due = true;
  const awake = new Awake({ lock, page: new FakePage(), isDue: () => due });

  awake.want(true);
  await settled();
  due = false;
  const settling = awake.settle();
  answers.shift()();
  await settling;

  assert.deepEqual(said, ["held", "let go"]);
});

test("a device buzzes at each bell that sounds, and not at one that was jumped over", async () => {
  const media = new FakeMedia({ ms: 0 });
  const buzzes = [];
  const timeline = [0, 20_000, 40_000].map((start_ms) => ({ kind: "bell", start_ms, length_ms: 7_000 }));
  const buzz = new BellBuzz({ timeline, media, vibrate: (ms) => buzzes.push([media.currentTime, ms]) });
  buzz.on = true;

  await media.play();
  media.run(5);
  media.seek(30);
  media.run(15);

  assert.deepEqual(buzzes.map(([at]) => at), [0.25, 40]);
});

test("where devices are hidden, any change of them is taken for another way of the sound", async () => {
  const devices = Object.assign(new EventTarget(), { found: [{ kind: "audiooutput", deviceId: "", groupId: "" }] });
  devices.enumerateDevices = async () => devices.found;
  let changes = 0;
  await watchOutputs({ devices, changed: () => { changes += 1; } });

  devices.dispatchEvent(new Event("devicechange"));
  await settled();

  assert.equal(changes, 1);
});

test("a camera plugged in changes nothing of the sound, and headphones pulled out do", async () => {
  const speaker = { kind: "audiooutput", deviceId: "speaker", groupId: "a" };
  const phones = { kind: "audiooutput", deviceId: "headphones", groupId: "b" };
  const devices = Object.assign(new EventTarget(), { found: [speaker, phones] });
  devices.enumerateDevices = async () => devices.found;
  let changes = 0;
  await watchOutputs({ devices, changed: () => { changes += 1; } });

  devices.found = [phones, speaker, { kind: "videoinput", deviceId: "camera", groupId: "c" }];
  devices.dispatchEvent(new Event("devicechange"));
  await settled();
  assert.equal(changes, 0);
  devices.found = [speaker];
  devices.dispatchEvent(new Event("devicechange"));
  await settled();

  assert.equal(changes, 1);
});

test("what a call takes it gives back once", () => {
  const session = Object.assign(new EventTarget(), { state: "active" });
  const told = [];
  watchInterruptions({ session, taken: () => told.push("taken"), givenBack: () => told.push("given back") });
  const become = (state) => { session.state = state; session.dispatchEvent(new Event("statechange")); };

  for (const state of ["active", "interrupted", "inactive", "active", "active"]) become(state);

  assert.deepEqual(told, ["taken", "given back"]);
});
