/**
 * A signed-in person's device can show the pages that open without a connection, the newest ones, knows whose it is,
 * and sends what waits on it; a borrowed phone keeps nothing.
 */

import { Learnt } from "../people/curtain.js";
import { remember } from "./discreet.js";
import { isBorrowed, openStore } from "./store.js";
import { outboxOf, rememberOwner } from "./waiting_acts.js";

if (!isBorrowed(window)) remember(window);
if (document.documentElement.dataset.locks === "no") forgetLock();
if (navigator.serviceWorker && !isBorrowed(window)) {
  try {
    const registration = await navigator.serviceWorker.register("/sw.js");
    registration.active?.postMessage("keep the shell");
  } catch {
    // Without it everything works that a network reaches.
  }
}
if (!isBorrowed(window)) await sendWhatWaits(document.documentElement.dataset.person);

/** What was learnt of a lock that was taken away elsewhere, or of somebody else's. */
function forgetLock() {
  try {
    new Learnt({ storage: localStorage, crypto }).forget();
  } catch {
    // Nothing is kept here.
  }
}

/** A page that sends what waits itself, such as the player's, is left to it. */
async function sendWhatWaits(person) {
  try {
    const store = await openStore(window);
    await rememberOwner(store, person);
    if (document.querySelector("[data-player], [data-act-form]")) return;
    if ((await store.all()).some(({ owner }) => owner === person)) await outboxOf({ store, owner: person }).flush();
  } catch {
    // It waits on.
  }
}
