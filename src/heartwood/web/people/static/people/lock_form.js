/** What is set on the page of the lock is learnt by this device too, for when there is no connection. */

import { Learnt } from "./curtain.js";

const form = document.querySelector("[data-lock-form]");
const learnt = new Learnt({ storage: window.localStorage, crypto: window.crypto, owner: form?.dataset.owner });

form?.addEventListener("submit", async (event) => {
  const { pin, minutes } = form.elements;
  if (!minutes.value) return learnt.forget();
  if (!/^[0-9]{4,12}$/.test(pin.value)) return;
  event.preventDefault();
  await learnt.learn(pin.value, Number(minutes.value)).catch(() => {});
  form.submit();
});
