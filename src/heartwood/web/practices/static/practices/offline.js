/** The page that works without a network: what is here, keeping more of it, and sitting with it. */

import { Keeping, makeRoom, megabytes, passFrom, planFrom, saidAfter, toFetch } from "./keeping.js";
import { newId } from "./ids.js";
import { Outbox } from "./outbox.js";
import { open } from "./page.js";
import { Sealer } from "./sealing.js";
import { BORROWED, isBorrowed, openStore, wipe } from "./store.js";

const PLAN = "plan";
const part = (name) => document.querySelector(`[data-offline="${name}"]`);
const send = (...words) => fetch(...words);
const keeping = globalThis.caches ? new Keeping({ caches, fetch: send }) : null;
const store = await openStore(window);

let plan = await store.fromShelf(PLAN).catch(() => undefined);
const wanted = new URLSearchParams(location.hash.slice(1)).get("sit");
const chosen = plan?.practices.find(({ id }) => id === wanted);
if (chosen) await sit(chosen);
else await choose();
addEventListener("hashchange", () => location.hash.startsWith("#sit=") && location.reload());

/** Fill the player with a kept practice, and open it. */
async function sit(practice) {
  const root = document.querySelector("[data-player]");
  const sitting = newId();
  Object.assign(root.dataset, {
    owner: plan.owner, rendering: practice.id, title: practice.title, week: practice.week,
    lengthMs: practice.length_ms, sitting, events: `/api/sittings/${sitting}/events`,
    opening: JSON.stringify(practice.opening),
  });
  root.querySelector("h1").textContent = practice.title;
  root.querySelector("[data-player-timeline] script").textContent = JSON.stringify(practice.timeline);
  for (const field of root.querySelectorAll("[data-line] [name=id]")) field.value = newId();
  root.querySelector("audio").src = practice.url;
  root.hidden = false;
  part("home").hidden = true;
  await open(root);
}

async function choose() {
  part("borrowed").setAttribute("aria-pressed", String(isBorrowed(window)));
  part("borrowed").addEventListener("click", borrow);
  part("borrowed-words").hidden = !isBorrowed(window);
  part("unable").hidden = Boolean(keeping && navigator.serviceWorker);
  if (!keeping || !navigator.serviceWorker || isBorrowed(window)) return;
  part("ask").hidden = part("wishes").hidden = false;
  part("wishes").addEventListener("change", () => { say(""); part("keep").hidden = true; });
  recall();
  part("ask").addEventListener("click", ask);
  part("pause").addEventListener("click", () => keeping.pause());
  part("remove").addEventListener("click", remove);
  await show();
  if (plan) sendWhatWaits();
}

/** First the size; nothing is fetched before the second press. */
async function ask() {
  const asked = new URLSearchParams(new FormData(part("wishes")));
  const found = await planFrom(send, asked).catch(() => undefined);
  if (!found) return say(found === null ? "signed-out" : "no-connection");
  plan = { ...found, asked: [...asked] };
  const missing = toFetch(plan.practices, await keeping.kept());
  const { words, later } = part("size").dataset;
  saySize([words, ...(missing.notMade ? [later] : [])].join(" "), missing);
  part("keep").onclick = () => keep(missing);
  part("keep").hidden = false;
}

function saySize(words, { ready, notMade, bytes }) {
  part("size").textContent = words
    .replace("{count}", ready.length).replace("{size}", megabytes(bytes)).replace("{later}", notMade);
  say("size");
}

/** Show what was asked for the last time. */
function recall() {
  if (!plan?.asked?.length) return;
  for (const field of part("wishes").elements) {
    const told = plan.asked.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox") field.checked = told.includes(field.value);
    else if (told.length) [field.value] = told;
  }
}

async function keep(missing) {
  part("keep").hidden = true;
  part("pause").hidden = false;
  const bar = part("bar");
  bar.hidden = false;
  await navigator.serviceWorker.register("/sw.js");
  await navigator.storage?.persist?.();
  await store.shelve(PLAN, plan);
  await keeping.remove(new Set(plan.practices.map(({ url }) => url)));
  const outcome = await keeping.keep(missing.ready, (done, all) => { bar.max = Math.max(1, all); bar.value = done; });
  for (const name of ["pause", "bar"]) part(name).hidden = true;
  const said = saidAfter(outcome, missing);
  if (said === "later") saySize(part("size").dataset.later, missing);
  else say(said);
  await show();
}

async function remove() {
  await keeping.remove();
  plan = undefined;
  await store.shelve(PLAN, undefined);
  say("removed");
  await show();
}

/** The practices that are here, and the readings. */
async function show() {
  const kept = await keeping.kept();
  const here = (plan?.practices ?? []).filter(({ url }) => kept.has(url));
  part("list").replaceChildren(...here.map(link));
  part("none").hidden = here.length > 0;
  part("remove").hidden = here.length === 0;
  part("readings").replaceChildren(...(plan?.readings ?? []).map(reading));
  part("sources").innerHTML = plan?.sources ?? "";
}

function link({ id, title, minutes }) {
  const item = document.createElement("li");
  const way = document.createElement("a");
  way.href = `/offline/#sit=${id}`;
  way.textContent = `${title} · ${minutes} min`;
  item.append(way);
  return item;
}

/** A reading as its page shows it: the server has made its words safe. */
function reading({ title, html }) {
  const section = document.createElement("details");
  const heading = document.createElement("summary");
  heading.textContent = title;
  const words = document.createElement("div");
  words.className = "stack";
  words.innerHTML = html ?? "";
  section.append(heading, words);
  return section;
}

async function borrow() {
  const on = !isBorrowed(window);
  if (on) {
    await wipe(window);
    localStorage.setItem(BORROWED, "yes");
  } else localStorage.removeItem(BORROWED);
  location.reload();
}

function sendWhatWaits() {
  const outbox = new Outbox({
    store, owner: plan.owner, token: "", fetch: send, makeRoom, pass: () => passFrom(send),
    later: (call, ms) => setTimeout(call, ms), sealer: new Sealer({ store, crypto: globalThis.crypto }),
    tellState: (state) => { if (state === "signed-out") say("signed-out"); },
  });
  outbox.sendAgain();
  addEventListener("online", () => outbox.flush());
}

function say(name) {
  for (const message of part("messages").children) message.hidden = message.dataset.offlineSays !== name;
}
