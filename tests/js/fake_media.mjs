/** A media element, a page and a window of the tests' own: they do what a browser does, in its order. */

export class FakeMedia extends EventTarget {
  currentTime = 0;
  duration = 600;
  paused = true;
  ended = false;
  seeking = false;
  volume = 1;

  constructor(clock) {
    super();
    this.clock = clock;
  }

  play() {
    this.paused = false;
    this.#say("play", "playing");
    return Promise.resolve();
  }

  pause() {
    if (this.paused) return;
    this.paused = true;
    this.#say("timeupdate", "pause");
  }

  /** Sound runs for this long, telling its time four times a second. */
  run(seconds) {
    for (let quarter = 0; quarter < seconds * 4; quarter += 1) {
      this.runUnheard(0.25);
      this.#say("timeupdate");
    }
  }

  /** Sound runs on while page script is held back. */
  runUnheard(seconds) {
    this.currentTime += seconds;
    this.clock.ms += seconds * 1000;
  }

  seek(seconds) {
    this.currentTime = seconds;
    this.seeking = true;
    this.#say("seeking");
    this.clock.ms += 20;
    this.seeking = false;
    this.#say("timeupdate", "seeked");
  }

  starve() { this.#say("waiting"); }

  recover() { this.#say("playing"); }

  finish() {
    this.ended = true;
    this.paused = true;
    this.#say("timeupdate", "pause", "ended");
  }

  #say(...names) { for (const name of names) this.dispatchEvent(new Event(name)); }
}

export class FakePage extends EventTarget {
  visibilityState = "visible";

  hide() { this.#become("hidden"); }
  show() { this.#become("visible"); }

  #become(state) {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}
