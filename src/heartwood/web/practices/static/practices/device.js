/** A signed-in person's device can show the offline page, the newest one; a borrowed phone keeps nothing. */

import { Learnt } from "../people/curtain.js";
import { remember } from "./discreet.js";
import { isBorrowed } from "./store.js";

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

/** What was learnt of a lock that was taken away elsewhere, or of somebody else's. */
function forgetLock() {
  try {
    new Learnt({ storage: localStorage, crypto }).forget();
  } catch {
    // Nothing is kept here.
  }
}
