/** A button that prints is shown where there is script to press it; the browser's own menu prints anywhere. */

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
