/** Keeping the sounds of the next two weeks on this device: size first, then one after the other. */

const SOUNDS = "heartwood-sounds";

/**
 * What is still to be fetched of a plan.
 *
 * @param {{url: string, bytes: number|null}[]} practices bytes null: not made yet
 * @param {Set<string>} kept addresses that are on the device
 */
export function toFetch(practices, kept) {
  const missing = practices.filter(({ url }) => !kept.has(url));
  const ready = missing.filter(({ bytes }) => bytes !== null);
  return { ready, notMade: missing.length - ready.length, bytes: ready.reduce((sum, { bytes }) => sum + bytes, 0) };
}

export class Keeping {
  #caches; #fetch; #paused = false;

  /** @param {{caches: CacheStorage, fetch: typeof fetch}} parts */
  constructor({ caches, fetch }) {
    this.#caches = caches;
    this.#fetch = fetch;
  }

  /** The addresses of the sounds that are here. @returns {Promise<Set<string>>} */
  async kept() {
    const keys = await (await this.#caches.open(SOUNDS)).keys();
    return new Set(keys.map((request) => new URL(request.url).pathname));
  }

  pause() { this.#paused = true; }

  /**
   * Fetch what is missing. Cut off, it goes on from the last whole sound.
   *
   * @param {{url: string, bytes: number}[]} ready
   * @param {(done: number, all: number) => void} show
   * @returns {Promise<"kept"|"paused"|"offline"|"full">}
   */
  async keep(ready, show) {
    this.#paused = false;
    const cache = await this.#caches.open(SOUNDS);
    for (const [place, { url, bytes }] of ready.entries()) {
      if (this.#paused) return "paused";
      show(place, ready.length);
      let answer;
      try {
        answer = await this.#fetch(url, { cache: "no-store" });
        const whole = answer.ok && answer.status === 200 ? await answer.blob() : null;
        if (whole?.size !== bytes) return "offline";
        await cache.put(url, new Response(whole, { headers: { "Content-Type": whole.type || "audio/mp4" } }));
      } catch (reason) {
        return reason.name === "QuotaExceededError" ? "full" : "offline";
      }
    }
    show(ready.length, ready.length);
    return "kept";
  }

  /** Let go of all sounds, or of those that a newer plan no longer names. @param {Set<string>} [except] */
  async remove(except = new Set()) {
    const cache = await this.#caches.open(SOUNDS);
    for (const url of await this.kept()) if (!except.has(url)) await cache.delete(url);
  }
}

/** Bytes for people: "12 MB". */
export function megabytes(bytes) { return `${Math.max(1, Math.round(bytes / 1_000_000))} MB`; }
