/** Keeping the sounds of the next two weeks on this device: size first, then one after the other. */

const SOUNDS = "heartwood-sounds";
const PLAN = "/offline/plan/";

/**
 * The plan of the next two weeks, as the server has it.
 *
 * @param {typeof fetch} fetch
 * @param {URLSearchParams|string} wishes
 * @returns {Promise<object|null>} null when nobody is signed in
 * @throws when the server cannot be reached, or is not ready to answer
 */
export async function planFrom(fetch, wishes) {
  const answer = await fetch(`${PLAN}?${wishes}`, { cache: "no-store", redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 401) return null;
  if (!answer.ok) throw new Error(`the server does not answer just now (${answer.status})`);
  return answer.json();
}

/** Who is signed in; a page that came from the device does not know. @param {typeof fetch} fetch */
export function passFrom(fetch) { return planFrom(fetch, "only=pass"); }

/** Sounds can be had again: they make room for what cannot. */
export async function makeRoom() { await globalThis.caches?.delete(SOUNDS); }

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

/**
 * What is said when the keeping has ended: all of it is here only where nothing is still being made.
 *
 * @param {"kept"|"paused"|"offline"|"full"} outcome
 * @param {{notMade: number}} missing
 */
export function saidAfter(outcome, { notMade }) { return outcome === "kept" && notMade ? "later" : outcome; }

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
