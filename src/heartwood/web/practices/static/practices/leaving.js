/** Signing out lets go of everything on this device, and says so first when something waits to be sent. */

import { openStore, wipe } from "./store.js";

const form = document.querySelector("[data-sign-out]");
const warning = document.querySelector("[data-sign-out-warning]");
let warned = false;

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const waiting = await openStore(window).then((store) => store.all()).catch(() => []);
  if (waiting.length && !warned) {
    warned = true;
    warning.hidden = false;
    warning.focus();
    return;
  }
  await wipe(window);
  form.submit();
});
