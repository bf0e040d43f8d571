/** Lets go of the service worker and of all it kept. What waits to be sent is kept elsewhere, and stays. */

const registrations = await navigator.serviceWorker?.getRegistrations() ?? [];
await Promise.all(registrations.map((registration) => registration.unregister()));
for (const name of await globalThis.caches?.keys() ?? []) await caches.delete(name);
document.querySelector("[data-fresh-done]").hidden = false;
