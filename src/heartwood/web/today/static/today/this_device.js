/** Whether notes can come to this device, and letting them: the browser is asked only after a press. */

/** What to say of this browser: "unable", "blocked", "here" or "not-here". */
export async function stands({ serviceWorker, PushManager, Notification, key }) {
  if (!serviceWorker || !PushManager || !Notification) return "unable";
  if (Notification.permission === "denied") return "blocked";
  const registration = await serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
  return subscription && isFor(subscription, key) ? "here" : "not-here";
}

/**
 * What the server needs so that it can reach this browser; null when its person said no.
 * A subscription for another server's key, such as after keys were lost, is let go of first.
 */
export async function ask({ serviceWorker, Notification, key }) {
  if (await Notification.requestPermission() !== "granted") return null;
  const { pushManager } = await serviceWorker.ready;
  const old = await pushManager.getSubscription();
  if (old && !isFor(old, key)) await old.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  const { endpoint, keys: { p256dh, auth } } = made.toJSON();
  return { endpoint, p256dh, auth };
}

function isFor(subscription, key) {
  const theirs = subscription.options?.applicationServerKey;
  return !theirs || text(new Uint8Array(theirs)) === key;
}

/** @param {string} key base64 as addresses carry it, without filling */
export function bytes(key) {
  return Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

function text(raw) {
  return btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Show what fits and nothing else. */
function say(root, what) {
  root.hidden = false;
  for (const part of root.querySelectorAll("[data-says]")) part.hidden = part.dataset.says !== what;
}

async function open(root) {
  const means = {
    serviceWorker: navigator.serviceWorker, PushManager: globalThis.PushManager,
    Notification: globalThis.Notification, key: root.dataset.key,
  };
  const form = root.querySelector("form");
  say(root, await stands(means));
  root.querySelector("[data-add]").addEventListener("click", async () => {
    try {
      const given = await ask(means);
      if (!given) return say(root, await stands(means));
      for (const [name, value] of Object.entries(given)) form.elements[name].value = value;
      form.submit();
    } catch {
      say(root, "failed");
    }
  });
}

const root = globalThis.document?.querySelector("[data-this-device]");
if (root) await open(root);
