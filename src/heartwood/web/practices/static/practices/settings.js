/** Settings that are changed without a connection wait on the device, encrypted, and go in later. */

import { newId } from "./ids.js";
import { Outbox } from "./outbox.js";
import { Sealer } from "./sealing.js";
import { isBorrowed, openStore } from "./store.js";

const ADDRESS = "/api/settings/";
const form = document.querySelector("[data-settings]");
const note = document.querySelector("[data-settings-wait]");
if (form && !isBorrowed(window)) await waitForConnections();

async function waitForConnections() {
  const store = await openStore(window);
  const outbox = new Outbox({
    store, owner: form.dataset.owner, token: form.querySelector("[name=csrfmiddlewaretoken]").value,
    fetch: (...words) => fetch(...words), later: (call, ms) => setTimeout(call, ms),
    sealer: new Sealer({ store, crypto: globalThis.crypto }),
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await isConnected() || !await keep(outbox)) form.submit();
    else tell();
  });
  const waited = await waiting(store);
  await outbox.flush();
  if (waited && !await waiting(store)) location.reload();
}

/** @returns {Promise<boolean>} false where this device keeps nothing: then the browser says what is amiss */
async function keep(outbox) {
  const { time_zone, day_boundary_minutes, counting_off } = Object.fromEntries(new FormData(form));
  const id = newId();
  const content = {
    time_zone, day_boundary_minutes: Number(day_boundary_minutes), counting_off: Boolean(counting_off),
    wall_ms: Date.now(),
  };
  try {
    return await outbox.addSealed({ id, url: `${ADDRESS}${id}`, content });
  } catch {
    return false;
  }
}

async function waiting(store) {
  const all = await store.all();
  return all.some(({ url, owner, aside }) => url.startsWith(ADDRESS) && owner === form.dataset.owner && !aside);
}

async function isConnected() {
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function tell() {
  note.hidden = false;
  note.focus();
}
