/** Where a moment is after so many milliseconds: no page, and no clock of its own. */
export class MomentClock {
  #begins; #lastsMs;

  /**
   * @param {number[]} begins when each line begins, in milliseconds, rising
   * @param {number} lastsMs when the last line has had its pause
   */
  constructor(begins, lastsMs) {
    this.#begins = begins;
    this.#lastsMs = lastsMs;
  }

  /** @returns {number} the place of the line that it is time for; their number when all have had theirs */
  at(elapsedMs) {
    if (elapsedMs >= this.#lastsMs) return this.#begins.length;
    return Math.max(0, this.#begins.findLastIndex((begins) => begins <= elapsedMs));
  }
}

/** Which moment an address asks for: its name after the hash, else the first. */
export function chosen(hash, names) {
  const wanted = hash.replace(/^#/, "");
  return names.includes(wanted) ? wanted : names[0];
}
