import assert from "node:assert/strict";
import test from "node:test";

import { ask, bytes, stands } from "../../src/heartwood/web/today/static/today/this_device.js";

const KEY = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
const TOLD = { endpoint: "https://push.example.net/a", keys: { p256dh: "point", auth: "secret" } };

/** A browser with a push service: what it was asked, in order. */
class Browser {
  asked = [];
  PushManager = class {};
  key = KEY;

  constructor({ permission = "default", answer = "granted", subscribed = null } = {}) {
    this.Notification = { permission, requestPermission: async () => { this.asked.push("permission"); return answer; } };
    this.subscription = subscribed && this.#made(bytes(subscribed));
    const pushManager = {
      getSubscription: async () => this.subscription,
      subscribe: async ({ userVisibleOnly, applicationServerKey }) => {
        this.asked.push(userVisibleOnly && "visibly");
        return this.subscription = this.#made(applicationServerKey);
      },
    };
    const registration = { pushManager };
    this.serviceWorker = { getRegistration: async () => registration, ready: Promise.resolve(registration) };
  }

  #made(key) {
    return {
      options: { applicationServerKey: key.buffer }, toJSON: () => TOLD,
      unsubscribe: async () => { this.asked.push("let go"); this.subscription = null; },
    };
  }
}

test("a browser without push, one that was told no, one that is not yet there, and one that is", async () => {
  const without = new Browser();
  delete without.PushManager;

  assert.equal(await stands(without), "unable");
  assert.equal(await stands(new Browser({ permission: "denied" })), "blocked");
  assert.equal(await stands(new Browser()), "not-here");
  assert.equal(await stands(new Browser({ subscribed: KEY })), "here");
});

test("a subscription for a key that this server lost is none, and is let go of", async () => {
  const browser = new Browser({ subscribed: KEY.replace("BP4z", "BP5z") });

  assert.equal(await stands(browser), "not-here");
  await ask(browser);

  assert.deepEqual(browser.asked, ["permission", "let go", "visibly"]);
  assert.equal(await stands(browser), "here");
});

test("looking asks nobody for permission", async () => {
  const browser = new Browser();

  await stands(browser);

  assert.deepEqual(browser.asked, []);
});

test("what the server needs is given, and nothing when its person says no", async () => {
  assert.deepEqual(await ask(new Browser()), { endpoint: TOLD.endpoint, p256dh: "point", auth: "secret" });
  assert.equal(await ask(new Browser({ answer: "denied" })), null);
});
