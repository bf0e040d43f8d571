/*
 * The one service worker: it keeps the offline page and what else must open without a network, with
 * their parts, and sounds; it shows notes. It knows nothing of the course. What was kept is removed by offline.js;
 * nothing here ever stands in the way of /sw.js and /fresh/.
 */
"use strict";

const SHELL = "heartwood-shell";
const SOUNDS = "heartwood-sounds";
const OFFLINE = "/offline/";
const ACT = "/acts/alone/";
const ALWAYS = [OFFLINE, "/moment/", "/help/", ACT];
/** What a proxy answers when the server behind it does not. */
const PROXY_ALONE = new Set([502, 504]);
const INSTEAD = new Map([["/acts/", ACT]]);
const PARTS = /\/static\/[^"'\s<>\\]+\.(?:js|css|svg|png|webmanifest)/g;
const LEFT_ALONE = ["/sw.js", "/fresh/"];

self.addEventListener("install", (event) => event.waitUntil(keepShell().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "keep the shell") event.waitUntil(keepShell().catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || LEFT_ALONE.includes(url.pathname)) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(request));
  else if (request.method === "GET" && url.pathname.startsWith("/sound/")) event.respondWith(sound(request));
  else if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(part(request));
  else if (url.pathname.startsWith("/api/")) event.respondWith(fetch(request).then(heed));
});

self.addEventListener("push", (event) => event.waitUntil(show(event.data.json())));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data));
});

/** Show a note. Words that its person wrote pass nobody else's hands: only this browser may ask for them. */
async function show({ title, body, tag, open, words }) {
  const own = words ? await ownWords(words) : "";
  await self.registration.showNotification(title, { body: own || body, tag, data: open });
}

async function ownWords(path) {
  try {
    const answer = await fetch(path, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(5000) });
    return answer.ok ? (await answer.json()).body : "";
  } catch {
    return "";
  }
}

/** Open what a note is about, in a page of ours that is open already where there is one. */
async function lead(path) {
  const target = new URL(path, self.location.origin);
  if (target.origin !== self.location.origin) return;
  const [page] = await self.clients.matchAll({ type: "window" });
  if (page) await (await page.focus()).navigate(target.href);
  else await self.clients.openWindow(target.href);
}

/** Keep the newest pages that always open and all they need; what they no longer need goes. Whole, or not at all. */
async function keepShell() {
  const answers = await Promise.all(ALWAYS.map(newest));
  const texts = await Promise.all(answers.map((answer) => answer.clone().text()));
  const parts = [...new Set(texts.flatMap((text) => text.match(PARTS) ?? []))];
  const cache = await caches.open(SHELL);
  await Promise.all(parts.map(async (path) => {
    if (!await cache.match(path)) await cache.add(path);
  }));
  await Promise.all(ALWAYS.map((path, place) => cache.put(path, answers[place])));
  const needed = new Set([...ALWAYS, ...parts]);
  for (const kept of await cache.keys()) if (!needed.has(new URL(kept.url).pathname)) await cache.delete(kept);
}

/** As a stranger gets it, so that nothing of a person is kept. */
async function newest(path) {
  const answer = await fetch(path, { cache: "no-store", credentials: "omit" });
  if (!answer.ok || answer.redirected) throw new Error(`${path} did not come`);
  return answer;
}

/** The server's own page whenever it can be had; else what is kept of it, or the offline page. Private pages are never kept. */
async function page(request) {
  try {
    const answer = await heed(await fetch(request));
    return PROXY_ALONE.has(answer.status) ? await kept(request) ?? answer : answer;
  } catch (error) {
    const shell = await kept(request);
    if (!shell) throw error;
    return shell;
  }
}

async function kept(request) {
  const { pathname } = new URL(request.url);
  const wanted = INSTEAD.get(pathname) ?? pathname;
  return caches.match(ALWAYS.includes(wanted) ? wanted : OFFLINE, { cacheName: SHELL });
}

async function part(request) {
  return await caches.match(request, { cacheName: SHELL }) ?? fetch(request);
}

/** A kept sound, by the byte as players ask for it: without 206 a seek lands at the beginning. */
async function sound(request) {
  const kept = await caches.match(new URL(request.url).pathname, { cacheName: SOUNDS });
  if (!kept) return fetch(request);
  const range = request.headers.get("Range");
  if (!range) return kept;
  const whole = await kept.blob();
  return slice(whole, range);
}

function slice(whole, range) {
  const type = whole.type || "audio/mp4";
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (!asked || (asked[1] === "" && asked[2] === "")) return new Response(whole, { headers: { "Content-Type": type } });
  const size = whole.size;
  const first = asked[1] === "" ? Math.max(0, size - Number(asked[2])) : Number(asked[1]);
  const last = asked[1] === "" || asked[2] === "" ? size - 1 : Math.min(Number(asked[2]), size - 1);
  if (first >= size || last < first) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${size}` } });
  return new Response(whole.slice(first, last + 1, type), {
    status: 206,
    headers: {
      "Content-Type": type,
      "Content-Range": `bytes ${first}-${last}/${size}`,
      "Content-Length": String(last - first + 1),
      "Accept-Ranges": "bytes",
    },
  });
}

/** An account that was erased is answered so: this device lets go of everything too. */
async function heed(answer) {
  if (answer.status === 410 && answer.headers.has("Clear-Site-Data")) {
    for (const name of await caches.keys()) await caches.delete(name);
    indexedDB.deleteDatabase("heartwood");
  }
  return answer;
}
