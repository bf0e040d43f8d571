import assert from "node:assert/strict";
import test from "node:test";

import { Outbox } from "../../src/heartwood/web/practices/static/practices/outbox.js";
import { LocalStore, MemoryStore } from "../../src/heartwood/web/practices/static/practices/store.js";

/** A server of the test's own: keeps by id, and fails as it is told to. */
class Server {
  kept = [];
  requests = [];
  faults = [];

  fetch = async (url, request) => {
    this.requests.push({ url, ...request, body: JSON.parse(request.body) });
    const fault = this.faults.shift();
    if (fault === "unreachable") throw new TypeError("Failed to fetch");
    if (typeof fault === "number") return answer(fault, "");
    if (fault === "sign-in") return { type: "opaqueredirect", status: 0, ok: false };
    if (fault === "a page") return answer(200, "<!doctype html>");
    const { events } = JSON.parse(request.body);
    for (const event of events) if (!this.kept.some((one) => one.id === event.id)) this.kept.push(event);
    if (fault === "answer lost") throw new TypeError("Failed to fetch");
    return answer(200, JSON.stringify({ acknowledged: events.map((event) => event.id) }));
  };

  get sequences() { return this.kept.map((event) => event.sequence); }
}

const answer = (status, text) => new Response(text, { status });

/** Storage as a browser has it. */
class FakeStorage {
  #held = new Map();
  get length() { return this.#held.size; }
  key(at) { return [...this.#held.keys()][at]; }
  getItem(key) { return this.#held.get(key) ?? null; }
  setItem(key, value) { this.#held.set(key, String(value)); }
  removeItem(key) { this.#held.delete(key); }
}

/** A disk with no room left. */
class FullStore extends MemoryStore {
  async put() { throw new DOMException("full", "QuotaExceededError"); }
}

function box({ store = new MemoryStore(), server = new Server(), owner = "amara" } = {}) {
  const waits = [];
  const states = [];
  const outbox = new Outbox({
    store, fetch: server.fetch, owner, token: "t", later: (call, ms) => waits.push({ call, ms }),
    tellState: (state) => states.push(state),
  });
  return { outbox, store, server, waits, states };
}

const letter = (sequence, { sitting = "s1" } = {}) => ({
  sitting, url: `/api/sittings/${sitting}/events`, opening: { practice: "arrive" },
  event: { id: `${sitting}-${String(sequence).padStart(3, "0")}`, sequence, kind: "advanced", position_ms: sequence, wall_ms: 0 },
});

const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test("an observation is on the device before it is sent", async () => {
  const order = [];
  const store = new MemoryStore();
  const put = store.put.bind(store);
  store.put = async (...words) => { await put(...words); order.push("kept"); };
  const server = new Server();
  const fetch = (...words) => { order.push("sent"); return server.fetch(...words); };
  const outbox = new Outbox({ store, fetch, owner: "amara", token: "", later: () => {} });

  await outbox.add(letter(1));
  await outbox.flush();

  assert.deepEqual(order, ["kept", "sent"]);
});

test("what was acknowledged leaves the device, and nothing else does", async () => {
  const { outbox, store, server } = box();

  await outbox.add(letter(1));
  await outbox.flush();

  assert.deepEqual(server.sequences, [1]);
  assert.deepEqual(await store.all(), []);
});

test("an answer that is lost makes it go twice and take effect once", async () => {
  const { outbox, store, server, waits } = box();
  server.faults = ["answer lost"];

  await outbox.add(letter(1));
  assert.equal(await outbox.flush(), "kept");

  assert.equal(server.requests.length, 2);
  assert.deepEqual(server.sequences, [1]);
  assert.deepEqual(await store.all(), []);
  assert.equal(waits.length, 1);
});

test("whatever fails, and however often, each observation arrives once and in order", async () => {
  const { outbox, store, server, waits } = box();
  server.faults = ["unreachable", "answer lost", 503, "a page", "answer lost", 429, "unreachable"];

  for (const sequence of [1, 2, 3, 4, 5]) await outbox.add(letter(sequence));
  for (let round = 0; round < 20; round += 1) {
    waits.shift()?.call();
    await settled();
  }

  assert.deepEqual(server.sequences, [1, 2, 3, 4, 5]);
  assert.deepEqual(await store.all(), []);
});

test("each further try waits longer, up to a minute", async () => {
  const { outbox, server, waits } = box();
  server.faults = Array(12).fill("unreachable");

  await outbox.add(letter(1));
  await settled();
  for (let round = 0; round < 8; round += 1) {
    waits.at(-1).call();
    await settled();
  }

  assert.deepEqual(waits.map((wait) => wait.ms), [1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000));
});

test("what waits is sent at the next page load", async () => {
  const storage = new FakeStorage();
  const first = box({ store: new LocalStore(storage) });
  first.server.faults = Array(9).fill("unreachable");
  await first.outbox.add(letter(1));
  await first.outbox.add(letter(2));
  await settled();

  const next = box({ store: new LocalStore(storage) });
  await next.outbox.flush();

  assert.deepEqual(next.server.sequences, [1, 2]);
  assert.equal(storage.length, 0);
});

test("a sign-in that ran out keeps everything, says so and does not knock again by itself", async () => {
  for (const closed of ["sign-in", 401, 403]) {
    const { outbox, store, server, waits, states } = box();
    server.faults = [closed, closed];

    await outbox.add(letter(1));
    assert.equal(await outbox.flush(), "signed-out");

    assert.equal((await store.all()).length, 1);
    assert.equal(states.at(-1), "signed-out");
    assert.deepEqual(waits, []);
  }
});

test("a page in place of an answer acknowledges nothing", async () => {
  const { outbox, store, server } = box();
  server.faults = ["a page", "a page"];

  await outbox.add(letter(1));
  await outbox.flush();

  assert.equal((await store.all()).length, 1);
});

test("a conflict or an unknown sitting is set aside on the device and holds up nothing", async () => {
  for (const [status, aside] of [[409, "conflict"], [404, "unknown"], [422, "refused"]]) {
    const { outbox, store, server, states } = box();
    server.faults = [status];

    await outbox.add(letter(1, { sitting: "s1" }));
    await settled();
    await outbox.add(letter(1, { sitting: "s2" }));
    await outbox.flush();

    assert.deepEqual((await store.all()).map((one) => [one.id, one.aside]), [["s1-001", aside]]);
    assert.deepEqual(server.kept.map((event) => event.id), ["s2-001"]);
    assert.ok(states.includes("aside"));
  }
});

test("what an earlier server refused is tried once more at the next page, what conflicts is not", async () => {
  for (const [status, left] of [[404, 0], [422, 0], [409, 1]]) {
    const store = new MemoryStore();
    const first = box({ store });
    first.server.faults = [status];
    await first.outbox.add(letter(1));
    await first.outbox.flush();

    const next = box({ store });
    assert.equal(await next.outbox.sendAgain(), "kept");

    assert.equal((await store.all()).length, left);
    assert.deepEqual(next.server.sequences, left ? [] : [1]);
  }
});

test("what is refused for good is said once, not at every page", async () => {
  const store = new MemoryStore();
  const first = box({ store });
  first.server.faults = [422];
  await first.outbox.add(letter(1));
  await first.outbox.flush();
  assert.ok(first.states.includes("aside"));

  const next = box({ store });
  next.server.faults = [422];
  assert.equal(await next.outbox.sendAgain(), "kept");
  assert.deepEqual([next.server.requests.length, next.states], [1, ["kept"]]);
  next.server.faults = [422];
  await next.outbox.add(letter(1, { sitting: "s2" }));
  await next.outbox.flush();

  assert.ok(next.states.includes("aside"));
  assert.deepEqual((await store.all()).map(({ id, aside }) => [id, aside]), [["s1-001", "refused"], ["s2-001", "refused"]]);
});

test("what the device cannot keep is sent at once, and nothing is said", async () => {
  const { outbox, server, states } = box({ store: new FullStore() });

  await assert.rejects(outbox.add(letter(1)), { name: "QuotaExceededError" });
  await outbox.flush();

  assert.deepEqual(server.sequences, [1]);
  assert.deepEqual(new Set(states), new Set(["kept"]));
});

test("what the device cannot keep goes when there is a connection, and the page asks to be left open till then", async () => {
  for (const fault of ["unreachable", "sign-in"]) {
    const { outbox, server, states } = box({ store: new FullStore() });
    server.faults = Array(9).fill(fault);
    await outbox.add(letter(1)).catch(() => {});
    await outbox.add(letter(2)).catch(() => {});
    await outbox.flush();
    assert.deepEqual(new Set(states), new Set(["unkept"]));

    server.faults = [];
    await outbox.flush();
    outbox.flushLeaving();

    assert.equal(states.at(-1), "kept");
    assert.deepEqual(server.sequences, [1, 2]);
    assert.deepEqual(server.requests.at(-1).body.events.map(({ sequence }) => sequence), [1, 2]);
    assert.equal(server.requests.at(-1).keepalive, false, "nothing was left to send");
  }
});

test("a store that can neither be written nor read holds nothing back", async () => {
  const store = new FullStore();
  store.all = async () => { throw new DOMException("closed", "InvalidStateError"); };
  const { outbox, server } = box({ store });

  await outbox.add(letter(1)).catch(() => {});
  assert.equal(await outbox.flush(), "kept");

  assert.deepEqual(server.sequences, [1]);
});

test("a try that failed on the device does not end all later ones", async () => {
  const store = new MemoryStore();
  const remove = store.remove.bind(store);
  const { outbox, server } = box({ store });
  store.remove = async () => { throw new DOMException("broken", "UnknownError"); };
  await store.put({ id: "s1-001", owner: "amara", ...letter(1) });
  await assert.rejects(outbox.flush(), { name: "UnknownError" });
  store.remove = remove;

  assert.equal(await outbox.flush(), "kept");

  assert.deepEqual([server.sequences, await store.all()], [[1], []]);
});

test("a page that goes and comes back does not send again what was answered meanwhile", async () => {
  const { outbox, server } = box();
  server.faults = ["unreachable"];
  await outbox.add(letter(1));
  await settled();

  outbox.flushLeaving();
  await settled();
  const sent = server.requests.length;
  outbox.flushLeaving();

  assert.equal(server.requests.length, sent);
});

test("a correction for safety is told by the answer to what was sent, and by no other", async () => {
  const told = [];
  const answers = [{ corrected: false }, {}, { corrected: true }];
  const fetch = async (url, request) => {
    const acknowledged = JSON.parse(request.body).events.map(({ id }) => id);
    return Response.json({ acknowledged, ...answers.shift() });
  };
  const outbox = new Outbox({
    store: new MemoryStore(), fetch, owner: "amara", token: "t", later: () => {}, tellCorrected: () => told.push(answers.length),
  });

  for (const sequence of [1, 2, 3]) {
    await outbox.add(letter(sequence));
    await outbox.flush();
  }

  assert.deepEqual(told, [0]);
});

test("the device tells its clock with what it sends, so that a wrong one is noticed", async () => {
  const store = new MemoryStore();
  const server = new Server();
  const outbox = new Outbox({ store, fetch: server.fetch, owner: "amara", token: "t", later: () => {}, now: () => 86_400_000 });

  await outbox.add(letter(1));
  await outbox.flush();

  assert.equal(server.requests[0].body.sent_ms, 86_400_000);
});

test("ten thousand events arrive once, in order, though every tenth answer is lost", async () => {
  const store = new MemoryStore();
  for (let sequence = 1; sequence <= 10_000; sequence += 1) {
    const one = letter(sequence, { sitting: `s${sequence % 20}` });
    await store.put({ id: one.event.id, owner: "amara", ...one });
  }
  const { outbox, server, waits } = box({ store });
  server.faults = Array.from({ length: 300 }, (_, at) => (at % 10 === 9 ? "answer lost" : undefined));

  await outbox.flush();
  while (waits.length) {
    waits.shift().call();
    await outbox.flush();
  }

  assert.equal(server.kept.length, 10_000);
  assert.deepEqual(await store.all(), []);
});

test("the device forgets a sitting that the person deleted", async () => {
  const { outbox, store, server } = box();
  server.faults = [410];

  await outbox.add(letter(1));
  await outbox.flush();

  assert.deepEqual(await store.all(), []);
  assert.deepEqual(server.kept, []);
});

test("another person on the same device sends nothing of hers", async () => {
  const store = new MemoryStore();
  const amara = box({ store });
  amara.server.faults = Array(9).fill("unreachable");
  await amara.outbox.add(letter(1));
  await settled();

  const eve = box({ store, owner: "eve" });
  await eve.outbox.flush();

  assert.deepEqual(eve.server.requests, []);
  assert.equal((await store.all()).length, 1);
});

test("a page that goes sends at once what it holds, in a request that outlives it", async () => {
  const { outbox, server } = box();
  server.faults = ["unreachable"];
  await outbox.add(letter(1));
  await settled();

  outbox.flushLeaving();

  assert.equal(server.requests.at(-1).keepalive, true);
  assert.deepEqual(server.requests.at(-1).body.events.map((event) => event.sequence), [1]);
});

test("a long absence goes in several requests, in order", async () => {
  const store = new MemoryStore();
  for (let sequence = 1; sequence <= 120; sequence += 1) {
    const one = letter(sequence);
    await store.put({ id: one.event.id, owner: "amara", ...one });
  }
  const { outbox, server } = box({ store });

  await outbox.flush();

  assert.deepEqual(server.requests.map((request) => request.body.events.length), [50, 50, 20]);
  assert.deepEqual(server.sequences, Array.from({ length: 120 }, (_, at) => at + 1));
});

test("a request says what sitting it tells of, and bears the page's token", async () => {
  const { outbox, server } = box();

  await outbox.add(letter(1));
  await outbox.flush();

  assert.equal(server.requests[0].body.practice, "arrive");
  assert.equal(server.requests[0].headers["X-CSRFToken"], "t");
  assert.equal(server.requests[0].redirect, "manual");
});
