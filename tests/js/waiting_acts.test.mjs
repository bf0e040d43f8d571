import assert from "node:assert/strict";
import test from "node:test";

import { LocalStore, MemoryStore } from "../../src/heartwood/web/practices/static/practices/store.js";
import {
  actsWaiting, keepAct, keepsForLater, outboxOf, ownerOf, rememberOwner,
} from "../../src/heartwood/web/practices/static/practices/waiting_acts.js";

const ACT = { line: "Held a door.", direction: "others" };

/** A house that keeps each act by its id, says who is signed in, and fails as it is told to. */
class House {
  kept = new Map();
  came = [];
  faults = [];
  signedIn = "amara";

  fetch = async (url, request) => {
    if (this.faults[0] === "hangs") return new Promise(() => {});
    const fault = this.faults.shift();
    if (fault === "unreachable") throw new TypeError("Failed to fetch");
    if (!this.signedIn) return { type: "opaqueredirect", status: 0, ok: false };
    if (url.startsWith("/offline/plan/")) return Response.json({ owner: this.signedIn, token: "t" });
    const id = url.split("/").at(-1);
    this.came.push({ url, ...request, body: JSON.parse(request.body) });
    if (!this.kept.has(id)) this.kept.set(id, this.came.at(-1).body);
    if (fault === "answer lost") throw new TypeError("Failed to fetch");
    return Response.json({ id });
  };
}

function device({ store = new MemoryStore(), house = new House(), owner = "amara", later = () => {} } = {}) {
  const outbox = outboxOf({ store, owner, fetch: house.fetch });
  return { store, house, outbox, keep: (act = ACT) => keepAct(act, { outbox, now: 1_700, later }) };
}

test("an act goes in under an id that the device made, with the moment at which it was written", async () => {
  const { store, house, keep } = device();

  assert.equal(await keep(), "kept");

  const [{ url, method, headers, body }] = house.came;
  assert.match(url, /^\/api\/acts\/[0-9a-f-]{36}$/);
  assert.deepEqual([method, headers["X-CSRFToken"]], ["PUT", "t"]);
  assert.deepEqual({ ...body, sent_ms: 0 }, { ...ACT, wall_ms: 1_700, sent_ms: 0 });
  assert.equal(await actsWaiting(store, "amara"), 0);
});

test("without a connection it waits encrypted, and goes in once when there is one", async () => {
  const { store, house, outbox, keep } = device();
  house.faults = ["unreachable"];

  assert.equal(await keep(), "waiting");
  const [waiting] = await store.all();
  assert.equal(await actsWaiting(store, "amara"), 1);
  assert.ok(!JSON.stringify(waiting, (_, it) => (it instanceof ArrayBuffer ? [...new Uint8Array(it)] : it)).includes("door"));

  assert.equal(await outbox.flush(), "kept");
  assert.equal(await outbox.flush(), "kept");
  assert.deepEqual([...house.kept.values()].map(({ line }) => line), ["Held a door."]);
  assert.equal(house.came.length, 1);
});

test("an answer that is lost makes it go twice, under the same id", async () => {
  const { house, outbox, keep } = device();
  house.faults = [undefined, "answer lost"];

  assert.equal(await keep(), "waiting");
  await outbox.flush();

  assert.deepEqual([house.came.length, house.kept.size], [2, 1]);
});

test("a train that neither answers nor says no keeps nobody waiting", async () => {
  const { store, house, keep } = device({ later: (call) => call() });
  house.faults = ["hangs"];

  assert.equal(await keep(), "waiting");
  assert.equal(await actsWaiting(store, "amara"), 1);
});

test("after a sign-in that ran out it stays, and goes in when its writer is back, and with nobody else", async () => {
  const { store, house, outbox, keep } = device();
  house.signedIn = null;
  assert.equal(await keep(), "signed-out");
  house.signedIn = "eve";
  assert.equal(await outbox.flush(), "signed-out");
  assert.equal(house.came.length, 0);

  house.signedIn = "amara";
  assert.equal(await outbox.flush(), "kept");

  assert.deepEqual([await actsWaiting(store, "amara"), house.kept.size], [0, 1]);
});

test("the same id pressed twice is one act, and two acts are two", async () => {
  const { house, keep } = device();

  await Promise.all([keep({ ...ACT, id: "page-1" }), keep({ ...ACT, id: "page-1" })]);
  await keep({ ...ACT, line: "And a bag.", id: "page-2" });

  assert.deepEqual([...house.kept.keys()], ["page-1", "page-2"]);
});

test("a device that can seal nothing, or is full, says so and keeps nothing", async () => {
  const full = new MemoryStore();
  full.put = async () => { throw new DOMException("full", "QuotaExceededError"); };
  const text = new LocalStore({ getItem: () => null, setItem() {} });

  assert.equal(await device({ store: full }).keep(), "unkept");
  assert.equal(await device({ store: text }).keep(), "unkept");
  assert.deepEqual([keepsForLater(text), keepsForLater(new MemoryStore())], [true, false]);
});

test("a device remembers whose it is, as the last page from the server said", async () => {
  const store = new MemoryStore();

  await rememberOwner(store, undefined);
  assert.equal(await ownerOf(store), undefined);
  await rememberOwner(store, "amara");
  await rememberOwner(store, "eve");

  assert.equal(await ownerOf(store), "eve");
});
