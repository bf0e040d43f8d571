/** A caring act is kept on the device first, encrypted, then sent; without a connection it waits there, and goes in once. */

import { newId } from "./ids.js";
import { passFrom } from "./keeping.js";
import { Outbox } from "./outbox.js";
import { Sealer } from "./sealing.js";
import { MemoryStore } from "./store.js";

const ADDRESS = "/api/acts/";
const OWNER = "owner";
const LAST_TRY_MS = 4_000;

const send = (...words) => fetch(...words);
const later = (call, ms) => setTimeout(call, ms);

/**
 * The way in for what waits. Without a token the page came from the device: it asks who is signed in before it sends.
 *
 * @param {{store: import("./store.js").MemoryStore, owner: string, token?: string, tellState?: Function, fetch?: typeof fetch}} parts
 */
export function outboxOf({ store, owner, token = "", tellState, fetch: ask = send }) {
  const sealer = new Sealer({ store, crypto: globalThis.crypto });
  return new Outbox({ store, owner, token, tellState, fetch: ask, pass: () => passFrom(ask), later, sealer });
}

/**
 * Keep an act on the device, and try to send it.
 *
 * @param {{line: string, direction: string, id?: string}} act
 * @param {{outbox: Outbox, now: number, later: (call: () => void, ms: number) => unknown}} parts
 * @returns {Promise<"unkept"|import("./outbox.js").State>} unkept: this device can keep nothing; the act is with its writer alone
 */
export async function keepAct({ line, direction, id = newId() }, { outbox, now, later: after = later }) {
  const content = { line, direction, wall_ms: now };
  const isKept = await outbox.addSealed({ id, url: `${ADDRESS}${id}`, content }).catch(() => false);
  if (!isKept) return "unkept";
  return Promise.race([outbox.flush(), new Promise((resolve) => { after(() => resolve("waiting"), LAST_TRY_MS); })]);
}

/** Whether what is kept here outlives the page. */
export function keepsForLater(store) { return !(store instanceof MemoryStore); }

/** How many acts of hers wait here. */
export async function actsWaiting(store, who) {
  const all = await store.all().catch(() => []);
  return all.filter(({ owner, url, aside }) => owner === who && url?.startsWith(ADDRESS) && !aside).length;
}

/** Remember whose device this is, as a page from the server says. */
export async function rememberOwner(store, person) {
  if (person && await ownerOf(store) !== person) await store.shelve(OWNER, person);
}

/** @returns {Promise<string|undefined>} whose device this is */
export async function ownerOf(store) { return store.fromShelf(OWNER).catch(() => undefined); }

/** Whether the server answers just now. */
export async function isConnected() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(LAST_TRY_MS) })).ok;
  } catch {
    return false;
  }
}
