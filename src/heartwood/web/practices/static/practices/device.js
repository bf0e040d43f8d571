/** A signed-in person's device can show the offline page, the newest one; a borrowed phone keeps nothing. */

import { remember } from "./discreet.js";
import { isBorrowed } from "./store.js";

if (!isBorrowed(window)) remember(window);
if (navigator.serviceWorker && !isBorrowed(window)) {
  try {
    const registration = await navigator.serviceWorker.register("/sw.js");
    registration.active?.postMessage("keep the shell");
  } catch {
    // Without it everything works that a network reaches.
  }
}
