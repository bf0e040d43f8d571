/** Let the curtain fall before this page, and open it again; nothing that stands on the page is lost. */

import { judge, keepShut, Learnt, Presence } from "./curtain.js";

const LOOK_MS = 5_000, TELL_MS = 60_000;
const dialog = document.querySelector("[data-curtain]");
const storage = isBorrowed() ? null : window.localStorage;
const learnt = new Learnt({ storage, crypto: window.crypto, owner: dialog.dataset.owner });
const isEverybodys = !dialog.dataset.minutes;
const minutes = Number(dialog.dataset.minutes || learnt.lock?.minutes || 0);
if (minutes) hang();

function hang() {
  const presence = new Presence({ minutes, clock: Date.now, storage });
  if (isEverybodys) presence.recall();
  else presence.here();
  let told = Date.now();
  const here = () => {
    if (dialog.open || presence.isAway) return;
    presence.here();
    if (Date.now() - told < Math.min(TELL_MS, minutes * 15_000)) return;
    told = Date.now();
    ask();
  };
  const look = () => {
    if (isPractising()) here();
    else if (presence.isAway) fall();
  };
  const comeBack = () => {
    look();
    if (document.visibilityState === "visible") ask();
  };
  for (const name of ["pointerdown", "keydown", "scroll"]) addEventListener(name, here, { capture: true, passive: true });
  for (const name of ["visibilitychange", "pageshow"]) addEventListener(name, comeBack, { capture: true });
  for (const name of ["focus", "storage"]) addEventListener(name, look, { capture: true });
  document.querySelector("[data-lock-now]")?.addEventListener("submit", () => presence.shut());
  setInterval(look, LOOK_MS);
  keepShut(dialog);
  dialog.querySelector("form").addEventListener("submit", (event) => open(event, presence));
  look();
}

/** The server knows of every tab and device whether the pages are open; asking it is a visit. */
async function ask() {
  if (isEverybodys) return;
  const answer = await fetch("/locked/", { cache: "no-store", redirect: "manual" }).catch(() => null);
  if (answer?.ok) fall();
}

/** Never before a practice that is under way, so that the way out of it stays in reach. */
function fall() {
  if (dialog.open || document.querySelector("[data-under-way]")) return;
  dialog.querySelector("a").href = `/locked/?next=${encodeURIComponent(location.pathname + location.search)}`;
  dialog.dataset.fallen = "yes";
  dialog.showModal();
  const token = new FormData(dialog.querySelector("form"));
  if (!isEverybodys) fetch("/locked/now/", { method: "POST", body: token, redirect: "manual" }).catch(() => {});
}

async function open(event, presence) {
  event.preventDefault();
  const form = event.target, field = form.elements.pin, error = form.querySelector("[role=alert]");
  const give = () => fetch("/locked/", {
    method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual",
  });
  const { opened, wrong } = await judge(field.value, { ask: isEverybodys ? null : give, learnt, minutes });
  field.value = "";
  error.textContent = opened ? "" : error.dataset[wrong] ?? wrong;
  if (!opened) return field.focus();
  presence.opened();
  delete dialog.dataset.fallen;
  dialog.close();
}

/** A sound that plays, an exercise whose clock runs, a voice that is recorded. */
function isPractising() {
  if (document.querySelector("[data-under-way=here]")) return true;
  return [...document.querySelectorAll("audio")].some((sound) => !sound.paused);
}

function isBorrowed() {
  try {
    return window.localStorage.getItem("heartwood.borrowed") === "yes";
  } catch {
    return true;
  }
}
