/**
 * Turns what a media element does into observations of a sitting.
 *
 * While sound plays its position is told at least every five seconds, of media time or of the
 * wall, whichever comes first, and again when it pauses, when the page is hidden and when it is
 * left. A jump is told as two observations, how far the sound had come and where it stands now,
 * so that it adds nothing.
 */

const EVERY_MS = 5_000;
const MEDIA_EVENTS = ["playing", "pause", "timeupdate", "seeking", "seeked", "waiting", "ended", "error"];
const DOCUMENT_EVENTS = ["visibilitychange", "freeze"];
const WINDOW_EVENTS = ["pagehide", "pageshow"];

export class Observer {
  #media; #page; #view; #record; #newId; #now;
  #sequence; #plays = false; #begun = false; #over = false;
  #seen = { ms: 0, wall: 0 };
  #told = { ms: 0, wall: 0 };
  #seeksFrom = null;

  /**
   * @param {object} parts
   * @param {HTMLMediaElement} parts.media
   * @param {Document} parts.page tells when it is hidden
   * @param {Window} parts.view tells when the page is left
   * @param {(observation: import("./counting.js").Observation) => void} parts.record
   * @param {() => string} parts.newId
   * @param {() => number} parts.now milliseconds since 1970
   * @param {number} [parts.after] the last sequence told before, when a sitting goes on
   */
  constructor({ media, page, view, record, newId, now, after = 0 }) {
    this.#media = media;
    this.#page = page;
    this.#view = view;
    this.#record = record;
    this.#newId = newId;
    this.#now = now;
    this.#sequence = after;
  }

  /** Look on from here; what the media did before is nobody's sitting. */
  begin() {
    for (const name of MEDIA_EVENTS) this.#media.addEventListener(name, this.#hear);
    for (const name of DOCUMENT_EVENTS) this.#page.addEventListener(name, this.#hear);
    for (const name of WINDOW_EVENTS) this.#view.addEventListener(name, this.#hear);
  }

  end() {
    for (const name of MEDIA_EVENTS) this.#media.removeEventListener(name, this.#hear);
    for (const name of DOCUMENT_EVENTS) this.#page.removeEventListener(name, this.#hear);
    for (const name of WINDOW_EVENTS) this.#view.removeEventListener(name, this.#hear);
  }

  /** Another tab has numbered the same sitting up to here. @param {number} sequence */
  numberAfter(sequence) { this.#sequence = Math.max(this.#sequence, sequence); }

  /** Another tab has stopped amid the same sitting: what plays here starts anew. */
  startAnew() { if (this.#plays) this.#tell("started"); }

  /** The sound is about to jump: the only moment at which it can say exactly where it was. */
  beforeJump() {
    if (this.#plays && !this.#media.seeking) this.#seen = this.#here();
  }

  /** The person ends the sitting here. */
  leave() {
    this.#settleJump();
    if (!this.#begun || this.#over) return;
    this.#tell("left");
    this.#plays = false;
    this.#over = true;
  }

  #hear = (event) => {
    if (event.type !== "seeking" && event.type !== "timeupdate") this.#settleJump();
    this[`_${event.type}`]();
  };

  _playing() {
    if (this.#plays) return;
    this.#begun = this.#plays = true;
    this.#over = false;
    this.#tell("started");
  }

  _timeupdate() {
    if (!this.#plays || this.#seeksFrom || this.#media.seeking) return;
    this.#seen = this.#here();
    const { ms, wall } = this.#seen;
    if (Math.abs(ms - this.#told.ms) >= EVERY_MS || wall - this.#told.wall >= EVERY_MS) this.#tell("advanced");
  }

  _pause() {
    if (!this.#plays || this.#media.ended) return;
    this.#plays = false;
    this.#tell("paused");
  }

  _seeking() {
    if (!this.#begun) return;
    this.#seeksFrom ??= this.#seen;
  }

  _seeked() {}

  /** A browser tells where it has landed (timeupdate) before it tells that it jumped (seeked). */
  #settleJump() {
    if (!this.#seeksFrom) return;
    const from = this.#seeksFrom;
    this.#seeksFrom = null;
    if (this.#plays && from.ms > this.#told.ms) this.#tell("advanced", from);
    this.#tell("seeked");
  }

  _waiting() {
    if (!this.#plays || this.#media.seeking) return;
    this.#plays = false;
    this.#tell("stalled");
  }

  _error() { this._waiting(); }

  _ended() {
    if (!this.#begun || this.#over) return;
    this.#plays = false;
    this.#over = true;
    this.#tell("finished");
  }

  _visibilitychange() {
    if (this.#page.visibilityState === "hidden") this.#tellHowFar();
  }

  _freeze() { this.#tellHowFar(); }

  /** Left, for all one knows. Should the page come back, what plays is told as started. */
  _pagehide() {
    if (!this.#begun || this.#over) return;
    this.#tell("left");
    this.#plays = false;
  }

  _pageshow() {
    if (this.#begun && !this.#over && !this.#media.paused) this._playing();
  }

  #tellHowFar() {
    if (this.#plays && !this.#media.seeking) this.#tell("advanced");
  }

  #here() {
    return { ms: Math.max(0, Math.round(this.#media.currentTime * 1000)), wall: this.#now() };
  }

  #tell(kind, place = this.#here()) {
    this.#seen = this.#told = place;
    this.#sequence += 1;
    this.#record({
      id: this.#newId(), sequence: this.#sequence, kind, position_ms: place.ms, wall_ms: place.wall,
    });
  }
}
