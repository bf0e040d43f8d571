/** Meets a moment line by line. All its words are on the page, and stay within reach of a screen reader. */

import { PracticeClock } from "../practices/clock.js";
import { chosen, MomentClock } from "./moments.js";

const TICK_MS = 200;
const page = document.querySelector(".moments");
const part = (name) => page.querySelector(`[data-moments-${name}]`);
const moments = new Map([...page.querySelectorAll("[data-moment]")].map((section) => [section.id, section]));

/** One moment on the page: it shows the line that it is time for. */
class Moment {
  #section; #stretches; #lines; #times; #clock = new PracticeClock(() => performance.now()); #shown = null;

  constructor(section) {
    this.#section = section;
    this.#stretches = [...section.querySelectorAll("[data-stretch]")];
    this.#lines = [...section.querySelectorAll("[data-from-ms]")];
    const begins = this.#lines.map((line) => Number(line.dataset.fromMs));
    this.#times = new MomentClock(begins, Number(section.dataset.lastsMs));
    section.querySelector("[data-moment-rings]").hidden = false;
  }

  get runs() { return this.#clock.runs; }
  get isOver() { return this.#shown === this.#lines.length; }

  start() {
    if (this.isOver) this.#clock = new PracticeClock(() => performance.now());
    this.#clock.start();
    this.come();
  }

  rest() { this.#clock.pause(); }

  /** @returns {string|null} the words that have just come; null while nothing has changed */
  come() {
    const place = this.#times.at(this.#clock.elapsedMs);
    if (place === this.#shown) return null;
    this.#shown = place;
    const now = this.#lines[place];
    const reached = now ? this.#stretches.indexOf(now.parentElement) : this.#stretches.length;
    this.#lines.forEach((line, at) => line.classList.toggle("moment__line--later", at > place));
    this.#stretches.forEach((stretch, at) => stretch.classList.toggle("moment__stretch--now", at === reached));
    const end = this.#section.querySelector("[data-moment-end]");
    end.classList.toggle("moment__stretch--now", !now);
    const rings = this.#section.querySelectorAll(".rings__ring");
    rings.forEach((ring, at) => ring.classList.toggle("rings__ring--lit", at <= reached));
    if (!now) this.rest();
    return (now ?? end.querySelector("h3")).textContent.trim().replace(/\s+/g, " ");
  }
}

let moment = null;
part("controls").hidden = false;
part("pause").addEventListener("click", () => (moment.runs ? rest() : go()));
part("whole").addEventListener("click", () => whole(page.classList.contains("moments--stepping")));
part("announce").addEventListener("click", () => {
  press("announce", !pressed("announce"));
  part("aloud").textContent = "";
});
addEventListener("hashchange", open);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && moment.runs && rest());
setInterval(tick, TICK_MS);
open();

/** Show the moment that the address names, and begin it. */
function open() {
  const name = chosen(location.hash, [...moments.keys()]);
  for (const [id, section] of moments) {
    section.hidden = id !== name;
    section.dataset.alone = "";
  }
  for (const way of page.querySelectorAll(".lengths__length")) {
    if (way.hash === `#${name}`) way.setAttribute("aria-current", "true");
    else way.removeAttribute("aria-current");
  }
  const wasWhole = moment !== null && !page.classList.contains("moments--stepping");
  moment = new Moment(moments.get(name));
  whole(wasWhole);
  if (location.hash) part("head").scrollIntoView();
}

function whole(on) {
  const { line, all } = part("whole").dataset;
  part("whole").textContent = on ? line : all;
  page.classList.toggle("moments--stepping", !on);
  part("pause").hidden = on;
  if (on) rest();
  else go();
}

function go() {
  moment.start();
  name();
}

function rest() {
  moment.rest();
  name();
}

/** What the button does next. */
function name() {
  const { on, pause, again } = part("pause").dataset;
  part("pause").textContent = moment.runs ? pause : moment.isOver ? again : on;
}

function tick() {
  if (!moment.runs) return;
  const words = moment.come();
  if (words === null) return;
  if (pressed("announce")) part("aloud").textContent = words;
  if (moment.isOver) name();
}

function pressed(name) { return part(name).getAttribute("aria-pressed") === "true"; }
function press(name, on) { part(name).setAttribute("aria-pressed", String(on)); }
