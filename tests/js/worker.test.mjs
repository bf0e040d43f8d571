import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const WORKER = readFileSync(new URL("../../src/heartwood/web/sw.js", import.meta.url), "utf8");
const HOUSE = "http://localhost";

/** The worker with a cache in memory, and a network that can be pulled out. */
class Device {
  held = new Map();
  asked = [];
  shown = [];
  opened = [];
  pages = [];
  network = async (path) => new Response(`${path} with <link href="/static/kit${path}a.css">`);
  #handlers = {};

  constructor() {
    const self = {
      addEventListener: (name, call) => { this.#handlers[name] = call; },
      location: { origin: HOUSE }, skipWaiting() {},
      clients: { claim() {}, matchAll: async () => this.pages, openWindow: async (href) => { this.opened.push(href); } },
      registration: { showNotification: async (title, told) => { this.shown.push({ title, ...told }); } },
    };
    const { held } = this;
    const path = (key) => new URL(key.url ?? key, HOUSE).pathname;
    const cache = {
      match: async (key) => held.get(path(key))?.clone(),
      add: async (key) => { held.set(path(key), new Response(key)); },
      put: async (key, answer) => { held.set(path(key), answer); },
      keys: async () => [...held.keys()].map((key) => ({ url: HOUSE + key })),
      delete: async (key) => held.delete(path(key)),
    };
    const caches = { open: async () => cache, match: cache.match, keys: async () => [] };
    const fetch = (request, options) => { this.asked.push({ path: path(request), ...options }); return this.network(path(request)); };
    vm.runInNewContext(WORKER, { self, caches, fetch, URL, Response, Set, Promise, Error, AbortSignal });
  }

  /** Let the worker be installed, and wait for what it keeps. */
  async install() {
    let keeping;
    this.#handlers.install({ waitUntil: (promise) => { keeping = promise; } });
    await keeping;
  }

  /** Let something happen that no page asked for, and wait until the worker is done with it. */
  async happen(name, event) {
    let done;
    this.#handlers[name]({ ...event, waitUntil: (promise) => { done = promise; } });
    await done;
  }

  /** What opening this page gives, in words. */
  async open(path) {
    let answer;
    const request = { url: HOUSE + path, mode: "navigate", method: "GET" };
    this.#handlers.fetch({ request, respondWith: (promise) => { answer = promise; } });
    return (await answer).text();
  }
}

const cut = async () => { throw new TypeError("no network"); };

test("without a network this moment, help and a caring act open as kept, and every other page as the offline page", async () => {
  const device = new Device();
  await device.install();
  device.network = cut;

  for (const path of ["/moment/", "/help/", "/offline/"]) assert.ok((await device.open(path)).startsWith(`${path} with`));
  for (const path of ["/today/", "/acts/0/correct/"]) assert.ok((await device.open(path)).startsWith("/offline/ with"));
  for (const path of ["/acts/", "/acts/?before=x"]) assert.ok((await device.open(path)).startsWith("/acts/alone/ with"));
  assert.ok((await device.open("/moment/?a=1")).startsWith("/moment/ with"));
});

test("where a proxy answers for a server that is away it is as without a network", async () => {
  const device = new Device();
  await device.install();
  for (const status of [502, 504]) {
    device.network = async () => new Response("bad gateway", { status });
    assert.ok((await device.open("/moment/")).startsWith("/moment/ with"));
    assert.ok((await device.open("/today/")).startsWith("/offline/ with"));
  }
  device.network = async () => new Response("being made ready", { status: 503 });
  assert.equal(await device.open("/today/"), "being made ready");
});

test("what is kept is asked for as a stranger, with all its parts", async () => {
  const device = new Device();

  await device.install();

  assert.deepEqual(device.asked.map(({ path, credentials }) => [path, credentials]),
    [["/offline/", "omit"], ["/moment/", "omit"], ["/help/", "omit"], ["/acts/alone/", "omit"]]);
  assert.deepEqual([...device.held.keys()].filter((path) => path.startsWith("/static/")).sort(),
    ["/static/kit/acts/alone/a.css", "/static/kit/help/a.css", "/static/kit/moment/a.css", "/static/kit/offline/a.css"]);
});

test("where one of them does not come, what was kept before stays whole", async () => {
  const device = new Device();
  await device.install();
  device.network = async (path) => (path === "/help/" ? new Response("", { status: 503 }) : new Response("newer"));

  await assert.rejects(device.install());

  device.network = cut;
  assert.ok((await device.open("/moment/")).startsWith("/moment/ with"));
});

test("with a network the server's own page is shown", async () => {
  const device = new Device();
  await device.install();
  device.network = async () => new Response("from the server");

  assert.equal(await device.open("/moment/"), "from the server");
});

const NOTE = { title: "A reminder", body: "The moment you wished for", tag: "reminder", open: "/today/" };
const pushed = (note) => ({ data: { json: () => note } });

test("a note is shown as it came", async () => {
  const device = new Device();

  await device.happen("push", pushed(NOTE));

  assert.deepEqual(device.shown, [{ title: "A reminder", body: NOTE.body, tag: "reminder", data: "/today/" }]);
  assert.deepEqual(device.asked, []);
});

test("own words come from the house, and the neutral ones stand where they do not come", async () => {
  const device = new Device();
  const answers = [
    async () => Response.json({ body: "Before the tea is cold." }),
    async () => new Response("sign in", { status: 403 }),
    cut,
  ];
  for (device.network of answers) await device.happen("push", pushed({ ...NOTE, words: "/reminders/words/" }));

  assert.deepEqual(device.shown.map(({ body }) => body), ["Before the tea is cold.", NOTE.body, NOTE.body]);
  assert.equal(device.asked[0].redirect, "error");
});

test("a press leads to what the note is about: in an open page, else in a new one, and never elsewhere", async () => {
  const device = new Device();
  let closed = 0;
  const press = (data) => device.happen("notificationclick", { notification: { data, close: () => { closed += 1; } } });

  await press("/today/");
  device.pages = [{ focus: async () => ({ navigate: async (href) => { device.opened.push(`there ${href}`); } }) }];
  await press("/reminders/");
  await press("https://elsewhere.example/");

  assert.deepEqual(device.opened, [`${HOUSE}/today/`, `there ${HOUSE}/reminders/`]);
  assert.equal(closed, 3);
});
