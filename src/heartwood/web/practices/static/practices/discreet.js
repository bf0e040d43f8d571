/**
 * A plain name and icon, and no words on lock screens, for whoever wants others to see nothing. Pages from the server
 * say so themselves; the pages that open without a connection are everybody's, so the device remembers it for them.
 */

const KEPT = "heartwood.discreet";
const NAME = "Notes";

/**
 * @param {{document: Document, localStorage?: Storage}} view
 * @returns {boolean}
 */
export function isDiscreet(view) {
  const said = view.document.documentElement.dataset.discreet;
  if (said) return said === "yes";
  try {
    return view.localStorage?.getItem(KEPT) === "yes";
  } catch {
    return false;
  }
}

/** Keep on this device what a page from the server says. */
export function remember(view) {
  const said = view.document.documentElement.dataset.discreet;
  if (!said) return;
  try {
    if (said === "yes") view.localStorage.setItem(KEPT, said);
    else view.localStorage.removeItem(KEPT);
  } catch {
    // Nothing is kept here; then pages without a connection show their own name.
  }
}

/** Take the name and the signs from a page that is everybody's. */
export function makePlain(view) {
  const { document } = view;
  if (document.documentElement.dataset.discreet || !isDiscreet(view)) return;
  document.title = NAME;
  for (const link of document.querySelectorAll("link[rel=icon], link[rel=apple-touch-icon], link[rel=manifest]")) link.remove();
  const mark = document.querySelector(".mark");
  if (mark) mark.textContent = NAME;
}

/**
 * What a lock screen shows of a sound.
 *
 * @param {{title: string, week?: string, artwork: string}} facts
 * @param {{isDiscreet: boolean}} choice
 * @returns {{title: string, week: string, artist: string, artwork: MediaImage[]}}
 */
export function shownOutside(facts, { isDiscreet }) {
  if (isDiscreet) return { title: NAME, week: "", artist: "", artwork: [] };
  return { title: facts.title, week: facts.week ?? "", artist: "Heartwood", artwork: JSON.parse(facts.artwork) };
}
