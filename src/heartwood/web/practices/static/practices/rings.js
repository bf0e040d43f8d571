/** The rings of heartwood: one more is lit as a sitting goes on, from the centre outwards. */

/**
 * How many rings are lit.
 *
 * @param {number} ms position
 * @param {number} lengthMs
 * @param {number} rings how many there are
 * @returns {number} 0 before the beginning, 1 from there on, all at the end
 */
export function lit(ms, lengthMs, rings) {
  if (ms <= 0) return 0;
  return Math.min(rings, 1 + Math.floor((ms / lengthMs) * rings));
}

/** The rings in a page, as the server drew them. */
export class Rings {
  #rings;

  /** @param {ParentNode} place */
  constructor(place) { this.#rings = [...place.querySelectorAll(".rings__ring")]; }

  /** @param {number} ms @param {number} lengthMs */
  show(ms, lengthMs) {
    const count = lit(ms, lengthMs, this.#rings.length);
    this.#rings.forEach((ring, place) => ring.classList.toggle("rings__ring--lit", place < count));
  }
}
