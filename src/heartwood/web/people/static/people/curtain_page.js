/** Let the curtain fall before this page, and open it again; nothing that stands on the page is lost. */

import { judge, Learnt, Presence } from "./curtain.js";

const LOOK_MS = 5_000, TELL_MS = 60_000;
const dialog = document.querySelector("[data-curtain]");
const storage = isBorrowed() ? null : window.localStorage;
const learnt = new Learnt({ storage, crypto: window.crypto });
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
    if (isEverybodys || Date.now() - told < TELL_MS) return;
    told = Date.now();
    fetch("/healthz", { cache: "no-store" }).catch(() => {});
  };
  const look = () => {
    if (isPlaying()) here();
    else if (presence.isAway && !dialog.open) fall();
  };
  for (const name of ["pointerdown", "keydown", "scroll"]) addEventListener(name, here, { capture: true, passive: true });
  for (const name of ["visibilitychange", "pageshow", "focus"]) addEventListener(name, look, { capture: true });
  setInterval(look, LOOK_MS);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.querySelector("form").addEventListener("submit", (event) => open(event, presence));
  look();
}

function fall() {
  dialog.querySelector("a").href = `/locked/?next=${encodeURIComponent(location.pathname + location.search)}`;
  dialog.showModal();
  const token = new FormData(dialog.querySelector("form"));
  if (!isEverybodys) fetch("/locked/now/", { method: "POST", body: token, redirect: "manual" }).catch(() => {});
}

async function open(event, presence) {
  event.preventDefault();
  const form = event.target, field = form.elements.pin, error = form.querySelector("[role=alert]");
  const ask = () => fetch("/locked/", {
    method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual",
  });
  const { opened, wrong } = await judge(field.value, { ask: isEverybodys ? null : ask, learnt, minutes });
  field.value = "";
  error.textContent = opened ? "" : error.dataset[wrong] ?? wrong;
  if (!opened) return field.focus();
  presence.here();
  dialog.close();
}

function isPlaying() {
  return [...document.querySelectorAll("audio")].some((sound) => !sound.paused);
}

function isBorrowed() {
  try {
    return window.localStorage.getItem("heartwood.borrowed") === "yes";
  } catch {
    return true;
  }
}
