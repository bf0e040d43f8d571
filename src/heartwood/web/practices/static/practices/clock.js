/**
 * A clock of practised time for what has no sound file: it runs while a person practises, and
 * rests while paused.
 *
 * The server has the same clock in practice/clock.py; tests/fixtures/clock.json is read by both.
 */
export class PracticeClock {
  #now; #bankedMs = 0; #startedMs = null;

  /** @param {() => number} now milliseconds from a clock that never jumps, such as performance.now */
  constructor(now) { this.#now = now; }

  get runs() { return this.#startedMs !== null; }

  start() { this.#startedMs ??= this.#now(); }

  pause() {
    this.#bankedMs = this.elapsedMs;
    this.#startedMs = null;
  }

  /** Practised so far. A moment before the start adds nothing: no clock takes time away. */
  get elapsedMs() {
    const running = this.runs ? this.#now() - this.#startedMs : 0;
    return this.#bankedMs + Math.max(0, running);
  }
}
