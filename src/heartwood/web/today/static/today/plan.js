/** Marks the segment that it is time for, by the clock of this device. Nothing moves under the reader. */

import { isWithin } from "./clock_times.js";

const EVERY_MS = 15_000;
const segments = [...document.querySelectorAll("[data-begins]")];

mark();
setInterval(mark, EVERY_MS);
document.addEventListener("visibilitychange", mark);

function mark() {
  const now = new Date().toTimeString().slice(0, 5);
  for (const segment of segments) {
    if (isWithin(now, segment.dataset.begins, segment.dataset.ends)) segment.setAttribute("aria-current", "time");
    else segment.removeAttribute("aria-current");
  }
}
