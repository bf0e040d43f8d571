/** The journal's pages: what waits on this device goes in, and a page is saved while it is written. */

import { ADDRESS, Autosave } from "./autosave.js";
import { newId } from "./ids.js";
import { Outbox } from "./outbox.js";
import { Sealer } from "./sealing.js";
import { openStore } from "./store.js";

const LAST_TRY_MS = 4_000;
const place = document.querySelector("[data-journal]");
const later = (call, ms) => setTimeout(call, ms);
const send = (...words) => fetch(...words);
if (place?.matches("form")) await write(place);
else if (place) await sendWaiting(place);

/** What was written without a connection stands in the list once it is sent. */
async function sendWaiting(place) {
  const store = await openStore(window);
  const waited = await waiting(store, place.dataset.owner);
  if (!waited) return;
  await outbox(store, place.dataset.owner, place.dataset.token).flush();
  if (await waiting(store, place.dataset.owner) < waited) location.reload();
}

async function waiting(store, who) {
  const all = await store.all().catch(() => []);
  return all.filter(({ owner, url, aside }) => owner === who && url.startsWith(ADDRESS) && !aside).length;
}

function outbox(store, owner, token) {
  return new Outbox({ store, fetch: send, owner, token, later, sealer: new Sealer({ store, crypto: globalThis.crypto }) });
}

async function write(form) {
  const store = await openStore(window);
  const fields = form.elements;
  const token = fields.csrfmiddlewaretoken.value;
  const says = form.querySelector("[data-journal-says]");
  const saving = new Autosave({
    store, sealer: new Sealer({ store, crypto: globalThis.crypto }), fetch: send, later, newId,
    now: () => performance.now(), owner: form.dataset.owner, token,
    tell: (state) => { says.textContent = form.querySelector(`[data-says="${state}"]`)?.textContent ?? ""; },
    page: { identity: form.dataset.page, writing: fields.writing.value, base: Number(fields.base.value) },
    read: () => ({ body: fields.body.value, tags: tagsOf(fields.tags.value), prompt: fields.prompt.value }),
  });
  const before = fields.body.defaultValue;
  const found = await saving.found();
  if (found && found.body !== before.trim()) {
    fields.body.value = found.body;
    fields.tags.value = found.tags.join(", ");
    says.textContent = form.querySelector('[data-says="found"]').textContent;
  }
  if (found) saving.save();
  outbox(store, form.dataset.owner, token).flush();
  for (const field of [fields.body, fields.tags]) field.addEventListener("input", () => saving.changed());
  document.addEventListener("visibilitychange", () => { if (document.hidden) saving.save(); });
  window.addEventListener("online", () => saving.save());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(form, saving);
  });
}

/** The button: the form goes the plain way once the page is safe, and stays where it is otherwise. */
async function keep(form, saving) {
  const late = new Promise((resolve) => later(() => resolve("waiting"), LAST_TRY_MS));
  const state = await Promise.race([saving.save(), late]);
  if (state === "waiting" || state === "unkept" || state === "signed-out") return;
  form.action = form.action.replace(form.dataset.page, saving.identity);
  for (const [name, value] of Object.entries(saving.stroke)) form.elements[name].value = value;
  form.submit();
}

function tagsOf(text) {
  return text.split(",").map((tag) => tag.trim()).filter(Boolean);
}
