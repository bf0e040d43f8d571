import assert from "node:assert/strict";
import test from "node:test";

import { LocalStore, MemoryStore, openStore, takeOver } from "../../src/heartwood/web/practices/static/practices/store.js";

/** Storage as a browser has it. */
class FakeStorage {
  #held = new Map();
  get length() { return this.#held.size; }
  key(at) { return [...this.#held.keys()][at]; }
  getItem(key) { return this.#held.get(key) ?? null; }
  setItem(key, value) { this.#held.set(key, String(value)); }
  removeItem(key) { this.#held.delete(key); }
}

const letter = { id: "o1", owner: "amara", sitting: "s1", url: "/", opening: {}, event: { id: "o1", sequence: 1 } };

test("an older page in another tab holds nobody up, and what it lets go of late is closed again", async () => {
  const request = {};
  const database = { closed: false, close() { this.closed = true; } };
  const indexedDB = { open: () => { setImmediate(() => request.onblocked()); return request; } };

  const store = await openStore({ indexedDB, localStorage: new FakeStorage() });
  request.result = database;
  request.onsuccess();

  assert.ok(store instanceof LocalStore);
  assert.equal(database.closed, true);
});

test("what localStorage kept while it had to serve comes over, once", async () => {
  const localStorage = new FakeStorage();
  await new LocalStore(localStorage).put(letter);
  const store = new MemoryStore();

  await takeOver(store, { localStorage });
  await takeOver(store, { localStorage });

  assert.deepEqual(await store.all(), [letter]);
  assert.equal(localStorage.length, 0);
});

test("what cannot come over stays where it is", async () => {
  const localStorage = new FakeStorage();
  await new LocalStore(localStorage).put(letter);
  const full = new MemoryStore();
  full.put = async () => { throw new DOMException("full", "QuotaExceededError"); };

  await takeOver(full, { localStorage });

  assert.deepEqual(await new LocalStore(localStorage).all(), [letter]);
});
