/** The clock of an exercise: the steps are all on the page already, and stay there. */

import { PracticeClock } from "../practices/clock.js";
import { Awake } from "../practices/comforts.js";
import { face, StepsClock } from "./steps_clock.js";

for (const root of document.querySelectorAll("[data-clock]")) wire(root);

/** In whole milliseconds, so that a step is reached exactly. */
function newClock() { return new PracticeClock(() => Math.round(performance.now())); }

function wire(root) {
  const part = (name) => root.querySelector(`[data-clock-${name}]`);
  const steps = [...root.querySelectorAll("[data-seconds]")];
  const order = new StepsClock(steps.map((step) => Number(step.dataset.seconds)));
  const start = part("start");
  let clock = newClock();
  let skippedMs = 0, shown = null, ticking = null;
  const awake = new Awake({ lock: navigator.wakeLock, page: document, isDue: () => clock.runs });

  /** Where among the steps, in seconds. A step that was left early is no time practised: it is skipped. */
  const reached = () => (skippedMs + clock.elapsedMs) / 1000;
  part("controls").hidden = false;
  awake.want(true);

  start.addEventListener("click", () => (clock.runs ? rest() : run()));
  part("next").addEventListener("click", () => {
    const now = order.at(reached());
    if (!now) return;
    skippedMs = order.beginOf(now.place + 1) * 1000 - clock.elapsedMs;
    show();
  });

  function run() {
    if (!order.at(reached())) beginAnew();
    clock.start();
    root.dataset.underWay = "here";
    start.textContent = start.dataset.pause;
    if (part("face").hidden) bringUp();
    part("next").hidden = false;
    awake.settle();
    ticking = setInterval(show, 200);
    show();
  }

  function beginAnew() {
    clock = newClock();
    skippedMs = 0;
    shown = null;
  }

  /** The face comes to the top once; after that nothing moves but the words. */
  function bringUp() {
    part("face").hidden = false;
    part("face").scrollIntoView();
  }

  /** The phone lies between two people and is not touched: its screen stays on until the clock rests. */
  function rest() {
    clock.pause();
    delete root.dataset.underWay;
    clearInterval(ticking);
    awake.settle();
    start.textContent = start.dataset.on;
  }

  function show() {
    const now = order.at(reached());
    part("left").textContent = now ? face(now.left) : "";
    if ((now?.place ?? null) === shown) { if (!now && clock.runs) end(); return; }
    navigator.vibrate?.(300);
    shown = now?.place ?? null;
    steps.forEach((step, place) => step.classList.toggle("steps__step--now", place === shown));
    if (!now) return end();
    part("place").textContent = root.dataset.of.replace("%(step)s", now.place + 1).replace("%(steps)s", steps.length);
    part("words").textContent = steps[now.place].querySelector(".steps__words").textContent.trim();
  }

  function end() {
    rest();
    part("place").textContent = part("left").textContent = "";
    part("words").textContent = root.dataset.over;
    part("next").hidden = true;
  }
}
