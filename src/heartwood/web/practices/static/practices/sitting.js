/** One sitting as the player keeps it: its id, its place on the device, what goes to the server. */

const GOES_ON_WITHIN_MS = 12 * 60 * 60 * 1000;
const WORTH_GOING_ON_MS = 5_000;

/** Whether a place left on this device is one to go on from: not from long ago, nor from a clock set since. */
export function goesOn(place, now) {
  return Boolean(place) && !place.over && place.position_ms >= WORTH_GOING_ON_MS
    && Math.abs(now - place.wall_ms) < GOES_ON_WITHIN_MS;
}

/** Keeps each observation in the outbox together with the place that it tells. */
export class KeptSitting {
  #outbox; #store; #key; #opening; #urlOf; #place;

  /**
   * @param {object} parts
   * @param {import("./outbox.js").Outbox} parts.outbox
   * @param {import("./store.js").MemoryStore} parts.store
   * @param {string} parts.key the owner and the rendering
   * @param {object} parts.opening what the server must know of the sitting
   * @param {(sitting: string) => string} parts.urlOf where its observations go
   * @param {import("./store.js").Place} parts.place where it begins or goes on
   */
  constructor({ outbox, store, key, opening, urlOf, place }) {
    this.#outbox = outbox;
    this.#store = store;
    this.#key = key;
    this.#opening = opening;
    this.#urlOf = urlOf;
    this.#place = place;
  }

  get id() { return this.#place.sitting; }
  get place() { return this.#place; }

  /** Another tab has gone on with this sitting. @param {number} sequence */
  numberAfter(sequence) {
    this.#place = { ...this.#place, sequence: Math.max(this.#place.sequence, sequence) };
  }

  /** @param {import("./counting.js").Observation} event */
  record(event) {
    this.#place = {
      key: this.#key,
      sitting: this.id,
      sequence: event.sequence,
      position_ms: event.position_ms,
      wall_ms: event.wall_ms,
      over: event.kind === "finished",
      paused_hidden: event.kind === "started" ? false : this.#place.paused_hidden,
    };
    return this.#outbox.add({ sitting: this.id, url: this.#urlOf(this.id), opening: this.#opening, event }, this.#place);
  }

  /** The person paused where the page could not be seen: on a locked screen that is the exit. */
  pausedHidden() { return this.#keep({ paused_hidden: true }); }

  pausedSeen() { return this.#keep({ paused_hidden: false }); }

  /** It is not gone on with from here. */
  close() { return this.#keep({ over: true, paused_hidden: false }); }

  send() { return this.#outbox.flush(); }

  sendAgain() { return this.#outbox.sendAgain(); }

  sendLeaving() { this.#outbox.flushLeaving(); }

  #keep(change) {
    this.#place = { ...this.#place, ...change };
    return this.#store.putPlace(this.#place).catch(() => {});
  }
}

/** A stranger's sitting: nothing is kept, nowhere. */
export class UnkeptSitting {
  id = "";
  place = { position_ms: 0, sequence: 0 };
  record() {}
  pausedHidden() {}
  pausedSeen() {}
  close() {}
  async send() { return "kept"; }
  sendLeaving() {}
}
