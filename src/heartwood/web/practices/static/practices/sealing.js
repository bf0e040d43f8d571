/**
 * A private line that waits on the device waits encrypted, under a key that no script can read out.
 *
 * Where a browser has no such keys (an insecure address), or its store cannot hold one, a line is not kept at
 * all: it stays in its field.
 */

const KEY = "line-key";
const CIPHER = "AES-GCM";

export class Sealer {
  #store; #crypto; #found = null;

  /** @param {{store: import("./store.js").MemoryStore, crypto: Crypto}} parts */
  constructor({ store, crypto }) {
    this.#store = store;
    this.#crypto = crypto;
  }

  get isAble() { return Boolean(this.#crypto?.subtle && this.#store.holdsKeys); }

  /** @param {object} content @returns {Promise<{iv: Uint8Array, words: ArrayBuffer}>} */
  async seal(content) {
    const iv = this.#crypto.getRandomValues(new Uint8Array(12));
    const words = new TextEncoder().encode(JSON.stringify(content));
    return { iv, words: await this.#crypto.subtle.encrypt({ name: CIPHER, iv }, await this.#key(), words) };
  }

  async open({ iv, words }) {
    const opened = await this.#crypto.subtle.decrypt({ name: CIPHER, iv }, await this.#key(), words);
    return JSON.parse(new TextDecoder().decode(opened));
  }

  /** One key, however many ask for it at once; a store that failed is asked again. */
  #key() {
    this.#found ??= this.#foundOrMade().catch((reason) => {
      this.#found = null;
      throw reason;
    });
    return this.#found;
  }

  async #foundOrMade() {
    const found = await this.#store.fromShelf(KEY);
    if (found) return found;
    const made = await this.#crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ["encrypt", "decrypt"]);
    await this.#store.shelve(KEY, made);
    return made;
  }
}
