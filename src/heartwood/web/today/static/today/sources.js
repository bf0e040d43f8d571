/** A citation opens its note where one is reading; without this it leads to the list beneath the text. */

const note = Object.assign(document.createElement("div"), { className: "note", popover: "auto", tabIndex: -1 });

if ("showPopover" in note) {
  document.querySelector("main")?.append(note);
  document.addEventListener("click", open);
}

/** The note of the citation that was pressed. Escape, or a press elsewhere, closes it; focus goes back. */
function open(event) {
  const link = event.target.closest?.("a.cited");
  const source = link && document.querySelector(link.hash);
  if (!source) return;
  event.preventDefault();
  note.replaceChildren(...[...source.children].map((part) => part.cloneNode(true)));
  note.setAttribute("role", "dialog");
  note.setAttribute("aria-label", source.querySelector("cite").textContent);
  note.showPopover();
  note.focus();
}
