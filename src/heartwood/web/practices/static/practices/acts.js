/** A line that another page of this tab proposed stands in the field; it was never in an address. */

export const PROPOSED = "heartwood.act";

const field = document.querySelector("[data-act-line]");
try {
  const proposed = sessionStorage.getItem(PROPOSED);
  if (field && proposed && !field.value) field.value = proposed;
  sessionStorage.removeItem(PROPOSED);
} catch {
  // Nothing is stored here; the field stays empty.
}
