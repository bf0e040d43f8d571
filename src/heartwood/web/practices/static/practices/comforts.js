/**
 * What a person may switch on for themselves: larger text, more contrast, reading along, a screen
 * that stays awake, a buzz at each bell. Each switch is a button; what it says is kept on the
 * device of a person who has an account, and nowhere for a stranger.
 */

const KEPT = "heartwood.comforts";
const BUZZ_MS = 250;

/** The switches, and what they were left at. */
export class Comforts {
  #buttons; #storage; #changed;

  /**
   * @param {object} parts
   * @param {HTMLElement[]} parts.buttons each names its comfort in data-comfort
   * @param {Storage|null} parts.storage none for a stranger
   * @param {(name: string, on: boolean) => void} parts.changed
   */
  constructor({ buttons, storage, changed }) {
    this.#buttons = buttons;
    this.#storage = storage;
    this.#changed = changed;
  }

  begin() {
    const left = this.#kept();
    for (const button of this.#buttons) {
      button.addEventListener("click", () => this.#set(button, !isOn(button), { keep: true }));
      if (left.includes(button.dataset.comfort)) this.#set(button, true, { keep: false });
    }
  }

  #set(button, on, { keep }) {
    button.setAttribute("aria-pressed", String(on));
    if (keep) this.#keep();
    this.#changed(button.dataset.comfort, on);
  }

  #kept() {
    try {
      return JSON.parse(this.#storage?.getItem(KEPT) ?? "[]");
    } catch {
      return [];
    }
  }

  #keep() {
    const on = this.#buttons.filter(isOn).map((button) => button.dataset.comfort);
    try {
      this.#storage?.setItem(KEPT, JSON.stringify(on));
    } catch {
      // It holds for this page, and is asked again on the next.
    }
  }
}

function isOn(button) { return button.getAttribute("aria-pressed") === "true"; }

/** Keeps the screen awake while that is due; a browser lets go of it whenever the page is hidden. */
export class Awake {
  #lock; #held = null; #isDue; #page; #wanted = false; #settling = Promise.resolve();

  /**
   * @param {object} parts
   * @param {WakeLock|undefined} parts.lock absent on an insecure address and in some browsers
   * @param {Document} parts.page
   * @param {() => boolean} parts.isDue such as while sound plays; whoever knows that it changed calls settle
   */
  constructor({ lock, page, isDue }) {
    this.#lock = lock;
    this.#page = page;
    this.#isDue = isDue;
    page.addEventListener("visibilitychange", () => this.settle());
  }

  /** @param {boolean} on */
  want(on) {
    this.#wanted = on;
    return this.settle();
  }

  /** One after the other, so that a lock asked for a moment ago is not forgotten. */
  settle() {
    this.#settling = this.#settling.then(() => this.#settleNow());
    return this.#settling;
  }

  async #settleNow() {
    const due = this.#wanted && this.#isDue() && this.#page.visibilityState === "visible";
    if (due && (!this.#held || this.#held.released)) this.#held = await this.#ask();
    else if (!due && this.#held) {
      const held = this.#held;
      this.#held = null;
      await held.release().catch(() => {});
    }
  }

  async #ask() {
    try {
      return await this.#lock?.request("screen") ?? null;
    } catch {
      return null;
    }
  }
}

/** Buzzes when the sound passes the stroke of a bell; a jump over one is silent. */
export class BellBuzz {
  #strokes; #vibrate; #before = null;
  on = false;

  /**
   * @param {object} parts
   * @param {import("./lines.js").TimelineEvent[]} parts.timeline
   * @param {((ms: number) => void)|undefined} parts.vibrate absent where a device cannot
   * @param {HTMLMediaElement} parts.media
   */
  constructor({ timeline, vibrate, media }) {
    this.#strokes = timeline.filter((event) => event.kind === "bell").map((event) => event.start_ms);
    this.#vibrate = vibrate;
    media.addEventListener("playing", () => { this.#before ??= media.currentTime * 1000 - 1; });
    media.addEventListener("seeking", () => { this.#before = null; });
    media.addEventListener("timeupdate", () => this.#come(media.currentTime * 1000, media.seeking));
  }

  #come(ms, seeking) {
    const before = seeking ? ms : this.#before ?? ms;
    this.#before = ms;
    if (this.on && this.#strokes.some((stroke) => before < stroke && stroke <= ms)) this.#vibrate?.(BUZZ_MS);
  }
}

/** All the lines, the one now in the middle. */
export class ReadAlong {
  #place; #lines; #now = null;

  /**
   * @param {HTMLElement} place where they scroll
   * @param {import("./lines.js").TimelineEvent[]} timeline
   */
  constructor(place, timeline) {
    this.#place = place;
    this.#lines = timeline.filter((event) => event.kind === "cue").map((event) => this.#line(event));
    place.replaceChildren(...this.#lines.map(({ element }) => element));
  }

  get isShown() { return !this.#place.hidden; }

  /** @param {boolean} on @param {number} ms */
  show(on, ms) {
    this.#place.hidden = !on;
    this.#now = null;
    this.come(ms);
  }

  /** @param {number} ms */
  come(ms) {
    if (!this.isShown) return;
    const now = this.#lines.findLast((line) => line.start_ms <= ms) ?? null;
    if (now === this.#now) return;
    this.#now?.element.removeAttribute("aria-current");
    this.#now = now;
    now?.element.setAttribute("aria-current", "true");
    if (now) this.#place.scrollTop = now.element.offsetTop - (this.#place.clientHeight - now.element.offsetHeight) / 2;
  }

  #line({ text, start_ms }) {
    const element = this.#place.ownerDocument.createElement("p");
    element.textContent = text;
    return { element, start_ms };
  }
}
