import assert from "node:assert/strict";
import test from "node:test";

import { Autosave } from "../../src/heartwood/web/practices/static/practices/autosave.js";
import { Sealer } from "../../src/heartwood/web/practices/static/practices/sealing.js";
import { MemoryStore } from "../../src/heartwood/web/practices/static/practices/store.js";

/** A server of the test's own: keeps the last saving of each open page, and fails as it is told to. */
class Server {
  kept = new Map();
  faults = [];
  fetch = async (url, { body }) => {
    const told = JSON.parse(body);
    const fault = this.faults.shift();
    if (fault === "unreachable") throw new TypeError("Failed to fetch");
    if (fault === "sign-in") return { type: "opaqueredirect", status: 0, ok: false };
    if (fault && fault !== 409) return new Response("", { status: fault });
    this.kept.set(url, told);
    return fault ? new Response("", { status: fault }) : new Response(JSON.stringify({ id: told.save, revision: 1 }));
  };
}

function page({ store = new MemoryStore(), server = new Server(), crypto = globalThis.crypto, writing = "w1" } = {}) {
  const waits = [];
  const states = [];
  const fields = { body: "", tags: [], prompt: "" };
  let time = 0;
  let ids = 0;
  const saving = new Autosave({
    store, sealer: new Sealer({ store, crypto }), fetch: (...words) => server.fetch(...words), owner: "amara", token: "t",
    later: (call, ms) => waits.push({ call, ms }), now: () => time, newId: () => `${writing}-id-${String(++ids).padStart(3, "0")}`,
    tell: (state) => states.push(state), page: { identity: "p1", writing, base: 0 }, read: () => ({ ...fields }),
  });
  const pass = async (ms) => {
    time += ms;
    for (const { call } of waits.splice(0)) call();
    await saving.save();
  };
  return { saving, store, server, waits, states, fields, pass };
}

test("what was written is kept on the device first and let go of when the server has it", async () => {
  const { saving, store, server, states, fields } = page();
  const answer = server.fetch;
  const onDevice = [];
  server.fetch = async (...words) => {
    onDevice.push(...(await store.all()).map(({ url }) => url));
    return answer(...words);
  };
  fields.body = "It rained.";
  await saving.save();

  assert.deepEqual(onDevice, ["/api/journal/p1"]);
  assert.equal(server.kept.get("/api/journal/p1").body, "It rained.");
  assert.deepEqual(await store.all(), []);
  assert.deepEqual(states, ["kept"]);
});

test("without a connection it waits encrypted, one saving however much is written, and goes in later", async () => {
  const { saving, store, server, states, fields } = page();
  server.faults = ["unreachable", "unreachable"];
  fields.body = "It rained.";
  await saving.save();
  fields.body = "It rained all day.";
  await saving.save();

  const [waiting, ...more] = await store.all();
  assert.deepEqual(more, []);
  assert.ok(!new TextDecoder().decode(waiting.sealed.words).includes("rained"));
  assert.deepEqual(states, ["waiting", "waiting"]);

  await saving.save();
  assert.equal(server.kept.get("/api/journal/p1").body, "It rained all day.");
  assert.deepEqual(await store.all(), []);
});

test("after a crash the next page finds it and goes on as the same open page", async () => {
  const first = page();
  first.server.faults = ["unreachable"];
  first.fields.body = "It rained.";
  await first.saving.save();

  const next = page({ store: first.store, server: first.server, writing: "w2" });
  const found = await next.saving.found();
  next.fields.body = `${found.body} Then it stopped.`;
  await next.saving.save();

  const kept = first.server.kept.get("/api/journal/p1");
  assert.deepEqual([kept.body, kept.writing, kept.number], ["It rained. Then it stopped.", "w1", 2]);
  assert.deepEqual(await first.store.all(), []);
});

test("nothing of another person is found on the device", async () => {
  const { store, saving } = page();
  await store.put({ id: "x", owner: "eve", url: "/api/journal/p1", sealed: {} });

  assert.equal(await saving.found(), null);
});

test("both versions kept by the server are told, and the writing goes on", async () => {
  const { saving, server, states, fields, store } = page();
  server.faults = [409, 409];
  fields.body = "It rained.";
  await saving.save();
  fields.body = "It rained here.";
  await saving.save();

  assert.deepEqual(states, ["both", "both"]);
  assert.equal(server.kept.get("/api/journal/p1").number, 2);
  assert.deepEqual(await store.all(), []);
});

test("deleted elsewhere, it goes on as a page of its own", async () => {
  const { saving, server, states, fields, pass } = page();
  server.faults = [410];
  fields.body = "It rained.";
  await saving.save();
  await pass(0);

  assert.notEqual(saving.identity, "p1");
  assert.equal(server.kept.get(`/api/journal/${saving.identity}`).body, "It rained.");
  assert.deepEqual(states, ["parted", "kept"]);
});

test("signed out, it stays on the device; refused, the person is told", async () => {
  const { saving, server, states, fields, store } = page();
  server.faults = ["sign-in", 422];
  fields.body = "It rained.";
  await saving.save();
  assert.equal((await store.all()).length, 1);
  await saving.save();

  assert.deepEqual(states, ["signed-out", "refused"]);
});

test("a device that cannot encrypt keeps nothing and says so", async () => {
  const { saving, server, states, fields, store } = page({ crypto: {} });
  server.faults = ["unreachable"];
  fields.body = "It rained.";
  await saving.save();

  assert.deepEqual([await store.all(), states], [[], ["unkept"]]);
});

test("an empty page and an unchanged one are not sent", async () => {
  const { saving, server, fields } = page();
  assert.equal(await saving.save(), "nothing");
  fields.body = "It rained.";
  await saving.save();
  server.kept.clear();

  assert.equal(await saving.save(), "nothing");
  assert.equal(server.kept.size, 0);
});

test("it is saved when the writer pauses, and at the latest after five seconds of writing", async () => {
  const { saving, waits } = page();
  saving.changed();
  assert.deepEqual(waits.map(({ ms }) => ms), [800]);
});
