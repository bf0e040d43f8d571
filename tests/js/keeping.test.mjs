import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

import { Keeping, passFrom, planFrom, saidAfter, toFetch } from "../../src/heartwood/web/practices/static/practices/keeping.js";
import { Outbox } from "../../src/heartwood/web/practices/static/practices/outbox.js";
import { Sealer } from "../../src/heartwood/web/practices/static/practices/sealing.js";
import { LocalStore, MemoryStore } from "../../src/heartwood/web/practices/static/practices/store.js";

const WORKER = readFileSync(new URL("../../src/heartwood/web/sw.js", import.meta.url), "utf8");

/** Caches as a browser has them, in memory. */
class FakeCaches {
  held = new Map();
  async open() {
    const { held } = this;
    return {
      keys: async () => [...held.keys()].map((path) => new Request(`http://localhost${path}`)),
      put: async (path, answer) => { held.set(path, await answer.blob()); },
      delete: async (path) => held.delete(path),
    };
  }
}

const sounds = [1, 2, 3].map((number) => ({ url: `/sound/${number}.m4a`, bytes: number * 10 }));
const whole = async (url) => new Response(new Uint8Array(Number(/\d/.exec(url)[0]) * 10), { status: 200 });

test("the size is told of what is missing and made", () => {
  const told = toFetch([...sounds, { url: "/sound/4.m4a", bytes: null }], new Set(["/sound/1.m4a"]));

  assert.deepEqual([told.ready.length, told.notMade, told.bytes], [2, 1, 50]);
});

test("keeping that was cut off keeps whole sounds only, and goes on from there", async () => {
  const caches = new FakeCaches();
  const keeping = new Keeping({ caches, fetch: async (url) => { if (url.includes("2")) throw new TypeError("cut"); return whole(url); } });
  assert.equal(await keeping.keep(sounds, () => {}), "offline");
  assert.deepEqual([...await keeping.kept()], ["/sound/1.m4a"]);

  const again = new Keeping({ caches, fetch: whole });
  const { ready } = toFetch(sounds, await again.kept());
  assert.equal(await again.keep(ready, () => {}), "kept");

  assert.equal((await again.kept()).size, 3);
});

test("half a sound is not kept, a full disk says so, and a pause stops after the sound at hand", async () => {
  const half = new Keeping({ caches: new FakeCaches(), fetch: async () => new Response("x") });
  assert.equal(await half.keep(sounds, () => {}), "offline");

  const full = new FakeCaches();
  full.open = async () => ({ put: async () => { throw new DOMException("full", "QuotaExceededError"); } });
  assert.equal(await new Keeping({ caches: full, fetch: whole }).keep(sounds, () => {}), "full");

  const paused = new Keeping({ caches: new FakeCaches(), fetch: whole });
  assert.equal(await paused.keep(sounds, () => paused.pause()), "paused");
  assert.equal((await paused.kept()).size, 1);
});

test("signed out is told apart from a server that does not answer just now", async () => {
  const asked = [];
  const answering = (answer) => async (url) => { asked.push(url); return answer; };
  const away = { type: "opaqueredirect", status: 0, ok: false };

  assert.equal(await passFrom(answering(away)), null);
  assert.equal(await passFrom(answering(new Response("", { status: 401 }))), null);
  for (const status of [500, 502, 503]) {
    await assert.rejects(planFrom(answering(new Response("", { status })), "length=usual"), /does not answer just now/);
  }
  assert.deepEqual(await passFrom(answering(Response.json({ owner: "amara", token: "t" }))), { owner: "amara", token: "t" });

  assert.deepEqual(new Set(asked), new Set(["/offline/plan/?only=pass", "/offline/plan/?length=usual"]));
});

test("all is said to be here only when nothing is still being made", () => {
  assert.equal(saidAfter("kept", { notMade: 0 }), "kept");
  assert.equal(saidAfter("kept", { notMade: 1 }), "later");
  for (const outcome of ["paused", "offline", "full"]) assert.equal(saidAfter(outcome, { notMade: 1 }), outcome);
});

/** The worker's own slicing, as the browser runs it. */
function slice(range, size = 1000) {
  const self = { addEventListener() {}, location: { origin: "http://localhost" } };
  const world = vm.createContext({ self, Response, URL, Set, Number, Math, String });
  vm.runInContext(`${WORKER}; self.slice = slice;`, world);
  return self.slice(new Blob([new Uint8Array(size)], { type: "audio/mp4" }), range);
}

test("a kept sound is answered by the byte", () => {
  const told = (answer) => [answer.status, answer.headers.get("Content-Range")];

  assert.deepEqual(told(slice("bytes=0-")), [206, "bytes 0-999/1000"]);
  assert.deepEqual(told(slice("bytes=100-199")), [206, "bytes 100-199/1000"]);
  assert.deepEqual(told(slice("bytes=-100")), [206, "bytes 900-999/1000"]);
  assert.deepEqual(told(slice("bytes=990-2000")), [206, "bytes 990-999/1000"]);
  assert.deepEqual(told(slice("bytes=1000-")), [416, "bytes */1000"]);
  for (const odd of ["bytes=-", "bytes=a-b", "bytes=0-1,5-6", "bits=0-"]) assert.equal(slice(odd).status, 200);
});

function box({ store = new MemoryStore(), fetch, pass, makeRoom } = {}) {
  const states = [];
  const sealer = new Sealer({ store, crypto: globalThis.crypto });
  const outbox = new Outbox({
    store, fetch, sealer, pass, makeRoom, owner: "amara", token: pass ? "" : "t", later: () => {},
    tellState: (state) => states.push(state),
  });
  return { outbox, store, states };
}

test("a private line waits encrypted and goes after its sitting", async () => {
  const sent = [];
  let reachable = false;
  const fetch = async (url, request) => {
    if (!reachable) throw new TypeError("Failed to fetch");
    sent.push([request.method, url, JSON.parse(request.body)]);
    const { events } = JSON.parse(request.body);
    return new Response(JSON.stringify(events ? { acknowledged: events.map(({ id }) => id) } : { id: "l1" }));
  };
  const { outbox, store } = box({ fetch });
  await outbox.addLine({ id: "l1", url: "/api/reflections/l1", body: "the heron by the canal", sitting: "s1" });
  await outbox.add({ sitting: "s1", url: "/api/sittings/s1/events", opening: {}, event: { id: "o1", sequence: 1 } });
  await outbox.flush();
  const [line] = (await store.all()).filter(({ sealed }) => sealed);
  assert.ok(!Buffer.from(line.sealed.words).toString("latin1").includes("heron"));
  assert.equal((await store.fromShelf("line-key")).extractable, false);

  reachable = true;
  await outbox.flush();

  assert.deepEqual(sent.map(([method]) => method), ["POST", "PUT"]);
  const { sent_ms, wall_ms, ...told } = sent[1][2];
  assert.deepEqual(told, { body: "the heron by the canal", sitting: "s1" });
  assert.ok(wall_ms > 0 && sent_ms >= wall_ms);
  assert.deepEqual(await store.all(), []);
});

const LINE = { id: "l1", url: "/api/reflections/l1", body: "the heron by the canal", sitting: "s1" };

test("where no key can be kept a line is not taken, rather than lost", async () => {
  const held = new Map();
  const storage = { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => { held.set(key, value); } };
  const { outbox } = box({ store: new LocalStore(storage) });

  assert.equal(await outbox.addLine(LINE), false);
  assert.equal(held.size, 0);
});

test("two lines sealed at once are opened by one key", async () => {
  const sent = [];
  const fetch = async (url, request) => { sent.push(JSON.parse(request.body).body); return Response.json({ id: url.split("/").at(-1) }); };
  const { outbox, store } = box({ fetch });
  await Promise.all([outbox.addLine(LINE), outbox.addLine({ ...LINE, id: "l2", url: "/api/reflections/l2", body: "a second heron" })]);

  await box({ store, fetch }).outbox.flush();

  assert.deepEqual(sent, ["the heron by the canal", "a second heron"]);
});

test("a store that failed once is asked for its key again", async () => {
  const { outbox, store } = box();
  const { fromShelf } = store;
  store.fromShelf = async () => { throw new DOMException("broken", "UnknownError"); };
  await assert.rejects(outbox.addLine(LINE));
  store.fromShelf = fromShelf;

  assert.equal(await outbox.addLine(LINE), true);
});

test("a line that no key opens any more is set aside and holds up nothing", async () => {
  const sent = [];
  const fetch = async (url) => { sent.push(url); return Response.json({ id: url.split("/").at(-1) }); };
  const { outbox, store, states } = box({ fetch });
  await outbox.addLine(LINE);
  await store.shelve("line-key", undefined);
  const next = box({ store, fetch });
  await next.outbox.addLine({ ...LINE, id: "l2", url: "/api/reflections/l2" });

  assert.equal(await next.outbox.flush(), "aside");

  assert.deepEqual(sent, ["/api/reflections/l2"]);
  assert.deepEqual((await store.all()).map(({ id, aside }) => [id, aside]), [["l1", "unreadable"]]);
  assert.deepEqual([states, next.states], [[], ["aside"]]);
});

test("a page from the device sends only for the person who is signed in", async () => {
  let requests = 0;
  const fetch = async (url, request) => {
    requests += 1;
    return new Response(JSON.stringify({ acknowledged: JSON.parse(request.body).events.map(({ id }) => id) }));
  };
  const event = { id: "o1", sequence: 1 };
  const eve = box({ fetch, pass: async () => ({ owner: "eve", token: "e" }) });
  await eve.outbox.add({ sitting: "s", url: "/", opening: {}, event });
  assert.equal(await eve.outbox.flush(), "signed-out");
  assert.equal(requests, 0);

  const amara = box({ store: eve.store, fetch, pass: async () => ({ owner: "amara", token: "a" }) });
  assert.equal(await amara.outbox.flush(), "kept");
  assert.equal(requests, 1);
});

test("on a full disk kept sounds make room, the sitting is kept, and it is said", async () => {
  const store = new MemoryStore();
  const put = store.put.bind(store);
  let full = true;
  store.put = async (...words) => { if (full) throw new DOMException("full", "QuotaExceededError"); return put(...words); };
  const { outbox, states } = box({ store, fetch: async () => { throw new TypeError("offline"); }, makeRoom: async () => { full = false; } });

  await outbox.add({ sitting: "s", url: "/", opening: {}, event: { id: "o1", sequence: 1 } });

  assert.equal((await store.all()).length, 1);
  assert.equal(states[0], "full");
});

test("ten thousand observations go in, each once, in two hundred requests", async () => {
  const store = new MemoryStore();
  for (let number = 0; number < 10_000; number += 1) {
    const id = `o${String(number).padStart(5, "0")}`;
    await store.put({ id, owner: "amara", sitting: `s${number % 40}`, url: "/", opening: {}, event: { id, sequence: number } });
  }
  const kept = new Set();
  let requests = 0;
  const { outbox } = box({ store, fetch: async (url, request) => {
    requests += 1;
    const ids = JSON.parse(request.body).events.map(({ id }) => id);
    for (const id of ids) { assert.ok(!kept.has(id)); kept.add(id); }
    return new Response(JSON.stringify({ acknowledged: ids }));
  } });

  assert.equal(await outbox.flush(), "kept");

  assert.deepEqual([kept.size, requests], [10_000, 200]);
});
