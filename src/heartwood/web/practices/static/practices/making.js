/** While a practice is being spoken: how far it has come, asked every second. */

const EVERY_MS = 1_000;

/**
 * @param {object} parts
 * @param {string} parts.url answers {state: "due"|"making"|"ready"|"failed", progress: 0 to 100}
 * @param {typeof fetch} parts.fetch
 * @param {(call: () => void, ms: number) => unknown} parts.later
 * @param {(percent: number) => void} parts.show
 * @returns {Promise<"ready"|"failed">}
 */
export async function made({ url, fetch, later, show }) {
  for (;;) {
    const told = await ask(url, fetch);
    if (told?.state === "ready" || told?.state === "failed") return told.state;
    if (told) show(told.progress);
    await new Promise((resolve) => later(resolve, EVERY_MS));
  }
}

/** One answer; none when the server cannot be reached just now. */
async function ask(url, fetch) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
