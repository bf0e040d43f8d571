/** A preview's page looks again as soon as the folder says something else. */

const EVERY_MS = 700;
const live = document.querySelector("[data-live]");
const address = `/changed/?of=${encodeURIComponent(live.dataset.of)}`;

async function look() {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== live.dataset.live) return location.reload();
  } catch {
    // The preview was stopped, or is just starting again.
  }
  setTimeout(look, EVERY_MS);
}

look();
