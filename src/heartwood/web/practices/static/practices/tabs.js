/**
 * Two tabs of one browser: only one guide speaks at a time, and a sitting that both hold is
 * numbered by both as one.
 */

const CHANNEL = "heartwood-sitting";

/**
 * @typedef {object} Told
 * @property {string} sitting
 * @property {number} sequence
 * @property {import("./counting.js").Kind} kind
 */

export class Tabs {
  #channel;

  /** @param {(told: Told) => void} hear what another tab has observed */
  constructor(hear, { Channel = globalThis.BroadcastChannel } = {}) {
    if (!Channel) return;
    this.#channel = new Channel(CHANNEL);
    this.#channel.onmessage = (message) => hear(message.data);
  }

  /** @param {Told} told */
  tell({ sitting, sequence, kind }) { this.#channel?.postMessage({ sitting, sequence, kind }); }
}
