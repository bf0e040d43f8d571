/**
 * The curtain before somebody's pages: it falls after a while without them and opens with their PIN.
 *
 * With a connection the server judges the PIN. Without one the device does, by a fingerprint of the PIN that it has
 * learnt. A few digits can be guessed from that by whoever takes the device apart, so there it is a curtain, not a lock.
 */

const LOCK = "heartwood.lock", SEEN = "heartwood.seen", SHUT = "heartwood.shut";
const ROUNDS = 600_000;

/** When somebody was last here, and whether it is time. */
export class Presence {
  #minutes; #clock; #last; #storage;

  /** @param {{minutes: number, clock: () => number, storage: Storage|null}} parts clock in milliseconds */
  constructor({ minutes, clock, storage }) {
    this.#minutes = minutes;
    this.#clock = clock;
    this.#storage = storage;
    this.#last = clock();
  }

  here() {
    this.#last = this.#clock();
    kept(() => this.#storage?.setItem(SEEN, String(this.#last)));
  }

  /** For a page that opens without asking the server: what counts is when they were here before. */
  recall() {
    this.#last = 0;
  }

  /** Locked by hand: in every page of this browser, also one that "Back" brings up again. */
  shut() { kept(() => this.#storage?.setItem(SHUT, String(this.#clock()))); }

  opened() {
    kept(() => this.#storage?.removeItem(SHUT));
    this.here();
  }

  /** In no page of this browser, or locked since. A clock that was set back counts as away. */
  get isAway() {
    const last = Math.max(this.#last, this.#told(SEEN)), since = this.#clock() - last;
    return this.#told(SHUT) >= last || since < 0 || since >= this.#minutes * 60_000;
  }

  #told(name) { return Number(kept(() => this.#storage?.getItem(name)) ?? 0); }
}

/** What this device has learnt of a lock. */
export class Learnt {
  #storage; #crypto; #owner;

  /** @param {{storage: Storage|null, crypto: Crypto, owner?: string}} parts owner: none on a page that is everybody's */
  constructor({ storage, crypto, owner = "" }) {
    this.#storage = storage;
    this.#crypto = crypto;
    this.#owner = owner;
  }

  /** Of two people on one phone each knows their own only. @returns {{minutes: number}|null} */
  get lock() {
    const lock = kept(() => JSON.parse(this.#storage?.getItem(LOCK) ?? "null"));
    return lock && (!this.#owner || lock.owner === this.#owner) ? lock : null;
  }

  forget() {
    kept(() => this.#storage?.removeItem(LOCK));
  }

  async learn(pin, minutes) {
    if (!this.#crypto?.subtle) return;
    const salt = hex(this.#crypto.getRandomValues(new Uint8Array(16)));
    const print = await this.#print(pin, salt);
    kept(() => this.#storage?.setItem(LOCK, JSON.stringify({ owner: this.#owner, minutes, salt, print })));
  }

  async knows(pin) {
    const { lock } = this;
    return Boolean(lock) && await this.#print(pin, lock.salt) === lock.print;
  }

  async #print(pin, salt) {
    const bytes = new TextEncoder();
    const key = await this.#crypto.subtle.importKey("raw", bytes.encode(pin), "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes.encode(salt), iterations: ROUNDS };
    return hex(new Uint8Array(await this.#crypto.subtle.deriveBits(how, key, 256)));
  }
}

/**
 * What becomes of a PIN.
 *
 * @param {string} pin
 * @param {{ask: ((pin: string) => Promise<Response>)|null, learnt: Learnt, minutes: number}} parts ask: null on a page that is everybody's
 * @returns {Promise<{opened: boolean, wrong?: string}>} wrong: the server's sentence, or "wrong" or "unknown"
 */
export async function judge(pin, { ask, learnt, minutes }) {
  const answer = await ask?.(pin).catch(() => null);
  if (answer?.ok) {
    await learnt.learn(pin, minutes);
    return { opened: true };
  }
  if (answer?.status === 422) return { opened: false, wrong: (await answer.json()).error };
  if (answer) return { opened: false, wrong: "unknown" };
  if (!learnt.lock) return { opened: false, wrong: "unknown" };
  return await learnt.knows(pin) ? { opened: true } : { opened: false, wrong: "wrong" };
}

/**
 * Escape, pressed again and again, closes any dialog: one that has fallen falls anew.
 *
 * @param {HTMLDialogElement} dialog
 */
export function keepShut(dialog) {
  dialog.setAttribute("closedby", "none");
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => { if (dialog.dataset.fallen) dialog.showModal(); });
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A store may refuse; then nothing is kept. */
function kept(what) {
  try {
    return what();
  } catch {
    return undefined;
  }
}
