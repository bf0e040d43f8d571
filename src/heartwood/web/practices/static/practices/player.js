/** The player: one sound, one big button, and what surrounds them. */

import { linesAt, timeLeft } from "./lines.js";
import { Observer } from "./observations.js";
import { fadeOut } from "./too_much.js";

export const STEP_SECONDS = 15;

export class Player {
  #media; #sitting; #timeline; #lengthMs; #parts; #rings; #page; #view; #later; #newId; #clock;
  #observer; #check; #panel; #ended; #tabs; #started = false; #froze = false; #leaving = false; #over = false;
  #pausedHidden = false; #startsAtMs = 0; #mustHear = false; #wanted = false; #along = null;

  /**
   * @param {object} parts
   * @param {HTMLMediaElement} parts.media
   * @param {import("./sitting.js").KeptSitting} parts.sitting
   * @param {import("./lines.js").TimelineEvent[]} parts.timeline
   * @param {number} parts.lengthMs
   * @param {Record<string, HTMLElement>} parts.parts the page's parts by their data-player name
   * @param {{show: (ms: number, lengthMs: number) => void}} parts.rings
   * @param {Document} parts.page
   * @param {Window} parts.view
   * @param {(call: () => void, ms: number) => unknown} parts.later
   * @param {() => string} parts.newId
   * @param {() => () => number} parts.clock a clock that tells milliseconds since 1970, right when it is taken
   */
  constructor({ media, sitting, timeline, lengthMs, parts, rings, page, view, later, newId, clock }) {
    this.#media = media;
    this.#sitting = sitting;
    this.#timeline = timeline;
    this.#lengthMs = lengthMs;
    this.#parts = parts;
    this.#rings = rings;
    this.#page = page;
    this.#view = view;
    this.#later = later;
    this.#newId = newId;
    this.#clock = clock;
  }

  /**
   * Put the page to work.
   *
   * @param {object} helpers
   * @param {import("./sound_check.js").SoundCheck} helpers.check
   * @param {boolean} helpers.mustHear the bell is heard before the first press counts
   * @param {import("./comforts.js").ReadAlong} helpers.along
   * @param {import("./too_much.js").TooMuch} helpers.panel
   * @param {import("./tabs.js").Tabs|null} helpers.tabs none for a stranger
   * @param {number} helpers.startsAtMs where the sound begins
   * @param {() => void} helpers.ended called once, when nothing more will play
   */
  begin({ check, mustHear, along, panel, tabs, startsAtMs, ended }) {
    this.#tabs = tabs;
    this.#ended = ended;
    this.#check = check;
    this.#mustHear = mustHear;
    this.#along = along;
    this.#panel = panel;
    this.#startsAtMs = startsAtMs;
    const { play, back, forward, stage } = this.#parts;
    play.addEventListener("click", () => this.toggle());
    stage.addEventListener("click", () => this.toggle());
    back.addEventListener("click", () => this.jump(-STEP_SECONDS));
    forward.addEventListener("click", () => this.jump(STEP_SECONDS));
    this.#page.addEventListener("keydown", (event) => this.#press(event));
    this.#media.addEventListener("timeupdate", () => this.#show());
    for (const name of ["playing", "pause", "seeked"]) this.#media.addEventListener(name, () => this.#show());
    this.#media.addEventListener("pause", () => this.#notePause());
    this.#media.addEventListener("ended", () => this.finish());
    this.#media.addEventListener("error", () => this.say("no-sound"));
    this.#page.addEventListener("freeze", () => { this.#froze = true; });
    this.#page.addEventListener("visibilitychange", () => this.#seen());
    this.#view.addEventListener("pagehide", () => this.#sitting.sendLeaving());
    if (startsAtMs > 0) this.#media.currentTime = startsAtMs / 1000;
    play.disabled = false;
    this.#show();
  }

  toggle() {
    if (this.#over || this.#check?.isOpen) return;
    if (!this.#media.paused) this.pause();
    else this.play();
  }

  play() {
    if (this.#over) return;
    if (this.#mustHear) this.#checkSound();
    else this.#playOn();
  }

  pause() {
    this.#wanted = false;
    this.#media.pause();
  }

  /** Sound leaves by another way, such as headphones pulled out: quiet at once, and heard anew first. */
  outputChanged() {
    if (this.#over) return;
    const played = !this.#media.paused;
    this.#leaving = true;
    this.pause();
    this.#mustHear = true;
    if (played && !this.#check.isOpen) this.say("output");
  }

  /** A call, or another app, has taken the sound. That is nobody's way out. */
  taken() {
    this.#pausedHidden = false;
    if (this.#started) this.#sitting.pausedSeen();
  }

  /** The sound is free again: it goes on if the person had it play. */
  givenBack() { if (this.#wanted && this.#media.paused) this.play(); }

  /** Another tab plays: this one is quiet. @param {import("./tabs.js").Told} told */
  makeRoom({ sitting, sequence, kind }) {
    if (kind === "started") this.pause();
    if (sitting !== this.#sitting.id) return;
    this.#sitting.numberAfter(sequence);
    this.#observer?.numberAfter(sequence);
    if (kind !== "started") this.#observer?.startAnew();
  }

  /** The sound was heard, and is where it stood. */
  heard() {
    this.#mustHear = false;
    this.#observer?.begin();
    this.#parts.play.focus();
    this.#playOn();
  }

  /** @param {number} seconds forwards, or backwards when negative */
  jump(seconds) { this.jumpTo(this.#media.currentTime + seconds); }

  /** @param {number} seconds from the beginning */
  jumpTo(seconds) {
    if (this.#over || this.#check?.isOpen) return;
    this.#observer?.beforeJump();
    this.#media.currentTime = Math.min(Math.max(0, seconds), this.#lengthMs / 1000);
  }

  /** *This is too much*: the sound fades, or stops. */
  async quieten() {
    this.#leaving = true;
    this.#wanted = false;
    await fadeOut(this.#media, this.#later);
    this.#leaving = false;
  }

  /** The last bell has rung out, or the person ends here. Nothing plays on. */
  finish() {
    if (this.#over) return;
    this.#over = true;
    this.#wanted = false;
    this.#media.pause();
    if (!this.#media.ended) this.#observer?.leave();
    this.#sitting.close();
    this.#sitting.send();
    for (const part of ["stage", "foot", "more"]) this.#parts[part].hidden = true;
    this.#parts.ending.hidden = false;
    this.#parts["ending-title"].focus();
    this.#ended();
  }

  /** The name of the message that is shown, if any. */
  get says() { return [...this.#parts.messages.children].find((message) => !message.hidden)?.dataset.message ?? ""; }

  /** Show one of the page's own messages, or none. @param {string} name */
  say(name) {
    for (const message of this.#parts.messages.children) message.hidden = message.dataset.message !== name;
  }

  /** What sounds for the check is nobody's sitting. */
  #checkSound() {
    this.say("");
    this.#observer?.end();
    this.#check.begin();
  }

  #playOn() {
    if (!this.#started) this.#observe();
    this.#started = this.#wanted = true;
    this.#leaving = false;
    this.say("");
    this.#media.play().catch((reason) => {
      if (reason.name !== "AbortError") this.say("no-sound");
    });
  }

  /** The clock is taken as the sitting begins: a page may have lain open, asleep, since the day before. */
  #observe() {
    this.#observer = new Observer({
      media: this.#media, page: this.#page, view: this.#view, newId: this.#newId, now: this.#clock(),
      after: this.#sitting.place.sequence,
      record: (observation) => {
        this.#sitting.record(observation);
        this.#tabs?.tell({ sitting: this.#sitting.id, ...observation });
      },
    });
    this.#observer.begin();
  }

  /** A pause is told after it was made: what plays again by then, as after the sound check, was not stopped. */
  #notePause() {
    if (!this.#started || this.#over || this.#media.ended || this.#check.isOpen) return;
    if (!this.#media.paused) return;
    if (this.#wanted && !this.#leaving && !this.#froze) this.say("stopped");
    this.#pausedHidden = this.#page.visibilityState === "hidden" && !this.#froze && !this.#leaving;
    if (this.#pausedHidden) this.#sitting.pausedHidden();
  }

  #seen() {
    if (this.#page.visibilityState === "hidden") return;
    if (this.#pausedHidden && this.#media.paused && !this.#over) this.#panel.show();
    this.#pausedHidden = false;
    this.#froze = false;
    if (this.#started && !this.#over) this.#sitting.pausedSeen();
    this.#show();
  }

  #press(event) {
    if (this.#over || this.#panel.isOpen || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = event.target;
    if (target.closest("input, textarea, select")) return;
    if (event.key === " " && !target.closest("a, button, summary")) {
      event.preventDefault();
      this.toggle();
    }
    const step = { ArrowLeft: -STEP_SECONDS, ArrowRight: STEP_SECONDS }[event.key];
    if (step) {
      event.preventDefault();
      this.jump(step);
    }
  }

  #show() {
    const { play, now, next } = this.#parts;
    const plays = !this.#media.paused && this.#started;
    play.dataset.state = plays ? "playing" : "paused";
    play.setAttribute("aria-label", plays ? play.dataset.labelPause : play.dataset.labelPlay);
    if (!this.#started && !this.#startsAtMs) return;
    const ms = this.#media.currentTime * 1000;
    const lines = linesAt(this.#timeline, ms);
    put(now, lines.now?.text ?? "");
    put(next, lines.next?.text ?? "");
    if (this.#parts.announce.getAttribute("aria-pressed") === "true") put(this.#parts.aloud, lines.now?.text ?? "");
    this.#along.come(ms);
    this.#rings.show(ms, this.#lengthMs);
    this.#showLeft(ms);
  }

  #showLeft(ms) {
    const { left, "left-text": text } = this.#parts;
    if (left.getAttribute("aria-pressed") !== "true") return;
    const { minutes } = timeLeft(this.#lengthMs - ms);
    const words = minutes === 0 ? left.dataset.last : minutes === 1 ? left.dataset.one : left.dataset.many;
    put(text, words.replace("{n}", String(minutes)));
  }

  /** Read along, or not. @param {boolean} on */
  readAlong(on) {
    this.#along.show(on, this.#media.currentTime * 1000);
    this.#parts.stage.classList.toggle("player__middle--along", on);
  }

  /** A switch was pressed: show what it now asks for. */
  refresh() { this.#show(); }
}

/** Write only what changed, so that nothing is announced twice. */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
