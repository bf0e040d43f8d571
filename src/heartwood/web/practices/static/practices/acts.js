/** The pages on which a caring act is written down: from the server, and the one that a device keeps. */

import { isBorrowed, openStore } from "./store.js";
import { actsWaiting, keepAct, keepsForLater, outboxOf, ownerOf } from "./waiting_acts.js";
import { newId } from "./ids.js";

const ACTS = "/acts/";

const form = document.querySelector("[data-act-form]");
const isAlone = form.dataset.actForm === "alone";
const fields = form.elements;
const messages = [...document.querySelectorAll("[data-act-says] > *")];
const store = await openStore(window);
const owner = document.documentElement.dataset.person || await ownerOf(store);
if (isBorrowed(window) || !keepsForLater(store)) isAlone && say("unkept");
else if (!owner) isAlone && say("unknown");
else if (fields.line.type === "text") await begin();

async function begin() {
  let isBusy = false;
  const token = fields.csrfmiddlewaretoken?.value;
  const outbox = outboxOf({ store, owner, token, tellState: (state) => { if (!isBusy) tell(state); } });
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy || !fields.line.value.trim()) return fields.line.focus();
    isBusy = true;
    arrive(await keepAct(written(), { outbox, now: Date.now() }));
    isBusy = false;
  });
  addEventListener("online", () => outbox.flush());
  const waited = await actsWaiting(store, owner);
  if (!waited) return;
  say("waiting");
  await outbox.flush();
  if (!isAlone && await actsWaiting(store, owner) < waited) location.reload();
}

function written() {
  const { id = newId(), line, direction } = Object.fromEntries(new FormData(form));
  return { id, line, direction };
}

/** Once it is in, the page is told the plain way, which says so, and shows it; what the device cannot keep goes so too. */
function arrive(state) {
  if (isAlone && state === "unkept") return say(state);
  if (state === "kept" || state === "aside" || state === "unkept") return isAlone ? location.assign(ACTS) : form.submit();
  form.reset();
  if (fields.id) fields.id.value = newId();
  tell(state);
  fields.line.focus();
}

/** @param {import("./outbox.js").State} state what became of a try that nobody waits for */
async function tell(state) {
  if (state === "kept") return isSaid("waiting") || isSaid("signed-out") ? say("in") : undefined;
  if (await actsWaiting(store, owner)) say(state === "signed-out" ? state : "waiting");
}

function say(name) { for (const message of messages) message.hidden = message.dataset.says !== name; }
function isSaid(name) { return messages.some((message) => message.dataset.says === name && !message.hidden); }
