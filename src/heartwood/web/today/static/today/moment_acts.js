/** The small thing at the end of a moment can become a caring act without a connection too: it waits on the device. */

import { isBorrowed, openStore } from "../practices/store.js";
import { isConnected, keepAct, keepsForLater, outboxOf, ownerOf } from "../practices/waiting_acts.js";

const { content } = document.querySelector("[data-moments-acts]");
const aloud = document.querySelector("[data-moments-aloud]");
const store = isBorrowed(window) ? null : await openStore(window);
const owner = store && keepsForLater(store) && (document.documentElement.dataset.person || await ownerOf(store));
if (owner) offer(outboxOf({ store, owner }));

function offer(outbox) {
  for (const place of document.querySelectorAll("[data-moment-act]")) offerOne(place, outbox);
  addEventListener("online", () => outbox.flush());
}

/** A page from the server has a form, which shows the line before it is kept; one from the device keeps it as it is. */
function offerOne(place, outbox) {
  const line = place.dataset.momentAct, { direction } = place.closest("[data-moment]").dataset;
  const keep = async () => say(place, await keepAct({ line, direction }, { outbox, now: Date.now() }));
  const form = place.querySelector("form");
  if (form) return form.addEventListener("submit", (event) => wait(event, place, keep));
  const button = content.querySelector("button").cloneNode(true);
  const words = button.appendChild(document.createElement("span"));
  words.className = "visually-hidden";
  words.textContent = ` ${line}`;
  button.addEventListener("click", () => { button.disabled = true; keep(); });
  place.append(button);
}

async function wait(event, place, keep) {
  event.preventDefault();
  place.querySelector("button").disabled = true;
  if (await isConnected()) event.target.submit();
  else await keep();
}

/** In place of the button, and read out. @param {import("../practices/outbox.js").State|"unkept"} state */
function say(place, state) {
  const found = content.querySelector(`[data-says="${state}"]`) ?? content.querySelector("[data-says=kept]");
  const button = place.querySelector("button");
  button.hidden = state !== "unkept";
  button.disabled = false;
  place.querySelector("[data-says]")?.remove();
  place.append(found.cloneNode(true));
  aloud.textContent = found.textContent;
}
