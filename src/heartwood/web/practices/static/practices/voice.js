/** The page of voice notes: the buttons of the recording, and what it says. */

import { newId } from "./ids.js";
import { canRecord, Recording } from "./recording.js";

const BUTTONS = {
  start: ["idle", "none", "refused"],
  stop: ["recording"],
  again: ["waiting", "signed-out"],
  drop: ["recording", "waiting", "signed-out", "unkept"],
};
const UNSAFE = ["recording", "sending", "waiting", "signed-out"];
const place = document.querySelector("[data-voice]");
if (place && canRecord(window)) begin(place);

function begin(place) {
  const part = (name) => place.querySelector(`[data-voice-${name}]`);
  let state = "idle";
  const show = (now) => {
    state = now;
    if (UNSAFE.includes(now)) place.dataset.underWay = now === "recording" ? "here" : "yes";
    else delete place.dataset.underWay;
    if (now === "kept") location.reload();
    for (const [name, states] of Object.entries(BUTTONS)) part(name).hidden = !states.includes(now);
    part("says").textContent = place.querySelector(`[data-says="${now}"]`)?.textContent ?? "";
  };
  const recording = new Recording({
    view: window, fetch: (...words) => fetch(...words), later: (call, ms) => setTimeout(call, ms), newId,
    now: () => performance.now(), tell: show, url: place.dataset.url, token: place.dataset.token,
    longestMs: Number(place.dataset.longestMs),
  });
  part("missing").hidden = true;
  part("start").addEventListener("click", () => recording.start());
  part("stop").addEventListener("click", () => recording.stop());
  part("drop").addEventListener("click", () => recording.drop());
  part("again").addEventListener("click", () => recording.send());
  window.addEventListener("beforeunload", (event) => { if (UNSAFE.includes(state)) event.preventDefault(); });
  show("idle");
}
