/** The player's page: finds the parts, gives them to each other, and starts. */

import { Awake, BellBuzz, Comforts, ReadAlong } from "./comforts.js";
import { isDiscreet, shownOutside } from "./discreet.js";
import { newId } from "./ids.js";
import { makeRoom, passFrom } from "./keeping.js";
import { made } from "./making.js";
import { takeControls } from "./media_session.js";
import { Outbox } from "./outbox.js";
import { Player, STEP_SECONDS } from "./player.js";
import { Rings } from "./rings.js";
import { Sealer } from "./sealing.js";
import { goesOn, KeptSitting, UnkeptSitting } from "./sitting.js";
import { SoundCheck } from "./sound_check.js";
import { steadyClock } from "./steady_clock.js";
import { openStore } from "./store.js";
import { watchInterruptions, watchOutputs } from "./surroundings.js";
import { Tabs } from "./tabs.js";
import { TooMuch } from "./too_much.js";

const HEARD = "heartwood.heard";
const LAST_TRY_MS = 4_000;

const later = (call, ms) => setTimeout(call, ms);
const send = (...words) => fetch(...words);

const making = document.querySelector("[data-making]");
const root = document.querySelector("[data-player]");
if (making) await waitForSound(making);
else if (root && !root.dataset.player) await open(root);

/** The practice is being spoken: show how far, then open the player by itself. */
async function waitForSound(section) {
  const bar = section.querySelector("[data-making-bar]");
  const show = (percent) => { bar.value = percent; };
  const outcome = await made({ url: section.dataset.making, fetch: send, later, show });
  if (outcome === "ready") location.reload();
  else section.querySelector("[data-making-failed]").hidden = false;
}

export async function open(root) {
  const facts = root.dataset;
  const parts = partsOf(root);
  const media = root.querySelector("audio");
  const stranger = facts.stranger === "yes";
  let player;
  let lineWaits = false;
  const told = (state) => (state === "waiting" && lineWaits ? "line-kept" : MESSAGES[state] ?? "");

  const store = stranger ? null : await openStore(window);
  const kept = stranger ? null : keeper(store, facts, {
    tellState: (state) => { if (told(state) || OF_SENDING.has(player?.says)) player?.say(told(state)); },
    tellCorrected: () => { parts.corrected.hidden = false; },
  });
  const place = await kept?.place();
  const found = goesOn(place, Date.now()) ? place : null;
  const sitting = kept ? kept.sitting(found) : new UnkeptSitting();

  const timeline = JSON.parse(root.querySelector("[data-player-timeline] script").textContent);
  player = new Player({
    media, sitting, parts, later, newId, timeline,
    lengthMs: Number(facts.lengthMs),
    rings: new Rings(parts.rings),
    page: document, view: window, clock: () => steadyClock({ wall: Date.now, steady: () => performance.now() }),
  });
  const check = new SoundCheck({
    panel: parts.check, media,
    heard: () => { if (!stranger) rememberHeard(); player.heard(); },
  });
  const panel = new TooMuch({
    dialog: root.querySelector("[data-too-much]"), opener: parts.exit,
    quieten: () => player.quieten(), goOn: () => player.play(), endHere: () => player.finish(),
  });
  const giveBackControls = takeControls({
    session: navigator.mediaSession, metadata: (shown) => new MediaMetadata(shown), media,
    shown: shownOutside(facts, { isDiscreet: isDiscreet(window) }),
    actions: {
      play: () => player.play(), pause: () => player.pause(),
      jump: (seconds) => player.jump(seconds), jumpTo: (seconds) => player.jumpTo(seconds),
    },
    step: STEP_SECONDS,
  });
  wireSwitches(parts, player);
  parts.done?.addEventListener("click", () => player.finish());
  if (found) offerTheBeginning(parts, sitting);
  if (kept) wireLine(root, sitting, player, { ...kept, lineWaits: () => { lineWaits = true; } });

  const tabs = kept ? new Tabs((told) => player.makeRoom(told)) : null;
  player.begin({
    check, mustHear: !found && (stranger || !heardBefore()), along: new ReadAlong(parts.along, timeline),
    panel, tabs, startsAtMs: found?.position_ms ?? 0,
    ended: () => { delete facts.underWay; giveBackControls(); },
  });
  makeComfortable({ root, media, timeline, player, storage: stranger ? null : deviceStorage() });
  watchOutputs({ devices: navigator.mediaDevices, changed: () => player.outputChanged() });
  watchInterruptions({
    session: navigator.audioSession, taken: () => player.taken(), givenBack: () => player.givenBack(),
  });
  media.addEventListener("playing", () => { facts.underWay = "yes"; });
  if (found?.paused_hidden) { facts.underWay = "yes"; panel.show(); }
  if (kept) {
    sitting.sendAgain();
    window.addEventListener("online", () => sitting.send());
  }
}

const MESSAGES = { full: "full", unkept: "unkept", waiting: "waiting", "signed-out": "signed-out", aside: "aside" };

/** What has been sent takes back what was said of sending, and no other message: why the sound stopped stays. */
const OF_SENDING = new Set([...Object.values(MESSAGES), "line-kept"]);

/** Everything that keeps a sitting, for a person who has an account. */
function keeper(store, facts, { tellState, tellCorrected }) {
  const key = `${facts.owner}/${facts.rendering}`;
  const outbox = new Outbox({
    store, fetch: send, owner: facts.owner, token: facts.token ?? "", later, tellState, tellCorrected,
    sealer: new Sealer({ store, crypto: globalThis.crypto }), makeRoom, pass: () => passFrom(send),
  });
  return {
    keepLine: (line) => outbox.addLine(line),
    place: () => store.place(key).catch(() => undefined),
    sitting: (found) => new KeptSitting({
      outbox, store, key, opening: JSON.parse(facts.opening),
      urlOf: (id) => facts.events.replace(facts.sitting, id),
      place: found ?? { key, sitting: newId(), sequence: 0, position_ms: 0, wall_ms: Date.now(), over: false },
    }),
  };
}

function partsOf(root) {
  const named = [...root.querySelectorAll("[data-part]")].map((element) => [element.dataset.part, element]);
  return Object.fromEntries(named);
}

function makeComfortable({ root, media, timeline, player, storage }) {
  const awake = new Awake({ lock: navigator.wakeLock, page: document, isDue: () => !media.paused });
  for (const name of ["playing", "pause", "ended"]) media.addEventListener(name, () => awake.settle());
  const buzz = new BellBuzz({ timeline, media, vibrate: navigator.vibrate?.bind(navigator) });
  const does = {
    awake: (on) => awake.want(on),
    buzz: (on) => { buzz.on = on; },
    along: (on) => player.readAlong(on),
  };
  const able = { awake: Boolean(navigator.wakeLock), buzz: Boolean(navigator.vibrate) };
  const buttons = [...root.querySelectorAll("[data-comfort]")];
  for (const button of buttons) button.hidden = able[button.dataset.comfort] === false;
  const changed = (name, on) => {
    root.classList.toggle(`sit--${name}`, on);
    does[name]?.(on);
  };
  new Comforts({ buttons: buttons.filter((button) => !button.hidden), storage, changed }).begin();
}

function deviceStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function wireSwitches(parts, player) {
  const flip = (button, changed) => button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    changed(on);
    player.refresh();
  });
  flip(parts.left, (on) => { parts["left-text"].hidden = !on; });
  flip(parts.announce, (on) => { if (!on) parts.aloud.textContent = ""; });
}

function offerTheBeginning(parts, sitting) {
  parts.again.hidden = false;
  parts.again.querySelector("button").addEventListener("click", async () => {
    await sitting.close();
    location.reload();
  });
}

/** The private line goes to this sitting, after the sitting itself; without a network it waits, encrypted. */
function wireLine(root, sitting, player, kept) {
  const form = root.querySelector("[data-line]");
  if (!form) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    for (const field of form.querySelectorAll("[data-line-sitting]")) field.value = sitting.id;
    const late = new Promise((resolve) => later(() => resolve("waiting"), LAST_TRY_MS));
    const state = await Promise.race([sitting.send(), late]);
    const reached = state !== "waiting" && state !== "signed-out";
    if (reached && form.getAttribute("action")) form.submit();
    else player.say(await waits(form, sitting, kept) ? "line-kept" : `line-${state}`);
  });
}

/** Whether the line now waits on this device. */
async function waits(form, sitting, kept) {
  const { id, body } = Object.fromEntries(new FormData(form));
  if (!body.trim()) return false;
  try {
    const isKept = await kept.keepLine({ id, body, sitting: sitting.id, url: `/api/reflections/${id}` });
    if (!isKept) return false;
    form.hidden = true;
    kept.lineWaits();
    sitting.send();
    return isKept;
  } catch {
    return false;
  }
}

function heardBefore() {
  try {
    return localStorage.getItem(HEARD) !== null;
  } catch {
    return false;
  }
}

function rememberHeard() {
  try {
    localStorage.setItem(HEARD, "yes");
  } catch {
    // Asked again next time.
  }
}
