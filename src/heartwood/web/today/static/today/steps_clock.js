/** Where a row of timed steps is after so many seconds; no page, no clock of its own. */
export class StepsClock {
  #lengths;

  /** @param {number[]} lengths seconds of each step, in order */
  constructor(lengths) { this.#lengths = lengths; }

  get seconds() { return this.#lengths.reduce((sum, length) => sum + length, 0); }

  /** When the step at this place begins. */
  beginOf(place) { return this.#lengths.slice(0, place).reduce((sum, length) => sum + length, 0); }

  /** @returns {{place: number, left: number} | null} the step and its seconds left; null when all are over */
  at(elapsed) {
    let ends = 0;
    for (const [place, length] of this.#lengths.entries()) {
      ends += length;
      if (elapsed < ends) return { place, left: Math.ceil(ends - elapsed) };
    }
    return null;
  }
}

/** Seconds as a face shows them: 2:41. */
export function face(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
