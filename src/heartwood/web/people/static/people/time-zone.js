/** Choose the browser's own time zone in a list, where the list has it and nobody chose before. */

/**
 * @param {{value: string, options: Iterable<{value: string}>}} list a select element
 * @param {string} zone the browser's zone, such as "Europe/Lisbon"
 */
export function choose(list, zone) {
  if (list.value !== "UTC") return;
  for (const option of list.options) if (option.value === zone) list.value = zone;
}

if (globalThis.document) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const list of document.querySelectorAll("[data-time-zone]")) choose(list, zone);
}
