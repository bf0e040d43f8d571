/** The clock of an exercise: the steps are all on the page already, and stay there. */

import { face, StepsClock } from "./steps_clock.js";

for (const root of document.querySelectorAll("[data-clock]")) wire(root);

function wire(root) {
  const part = (name) => root.querySelector(`[data-clock-${name}]`);
  const steps = [...root.querySelectorAll("[data-seconds]")];
  const clock = new StepsClock(steps.map((step) => Number(step.dataset.seconds)));
  const start = part("start");
  let banked = 0, startedAt = null, shown = null, ticking = null;
  let awake = Promise.resolve(null);

  const elapsed = () => banked + (startedAt === null ? 0 : (performance.now() - startedAt) / 1000);
  part("controls").hidden = false;

  start.addEventListener("click", () => (startedAt === null ? run() : rest()));
  part("next").addEventListener("click", () => {
    const now = clock.at(elapsed());
    if (!now) return;
    banked = clock.beginOf(now.place + 1);
    if (startedAt !== null) startedAt = performance.now();
    show();
  });

  document.addEventListener("visibilitychange", () => {
    if (startedAt !== null && document.visibilityState === "visible") keepAwake();
  });

  function run() {
    if (!clock.at(elapsed())) { banked = 0; shown = null; }
    startedAt = performance.now();
    start.textContent = start.dataset.pause;
    if (part("face").hidden) bringUp();
    part("next").hidden = false;
    keepAwake();
    ticking = setInterval(show, 200);
    show();
  }

  /** The face comes to the top once; after that nothing moves but the words. */
  function bringUp() {
    part("face").hidden = false;
    part("face").scrollIntoView();
  }

  /** The phone lies between two people and is not touched: its screen stays on while the clock runs. */
  function keepAwake() {
    awake = navigator.wakeLock?.request("screen").catch(() => null) ?? awake;
  }

  function rest() {
    banked = elapsed();
    startedAt = null;
    clearInterval(ticking);
    awake.then((lock) => lock?.release());
    start.textContent = start.dataset.on;
  }

  function show() {
    const now = clock.at(elapsed());
    part("left").textContent = now ? face(now.left) : "";
    if ((now?.place ?? null) === shown) { if (!now && startedAt !== null) end(); return; }
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
