/** A way out of every practice: the sound goes, plain words come, and the person chooses. */

const FADE_MS = 2_500;
const STEP_MS = 50;

/**
 * Let the sound fade and stop. Where a page may not set the volume (it reads back unchanged),
 * the sound stops at once.
 *
 * @param {HTMLMediaElement} media
 * @param {(call: () => void, ms: number) => unknown} later such as setTimeout
 * @returns {Promise<void>} when it has stopped; the volume is then as it was
 */
export async function fadeOut(media, later) {
  const before = media.volume;
  if (!media.paused && canSetVolume(media)) {
    const steps = FADE_MS / STEP_MS;
    for (let step = 1; step <= steps && !media.paused; step += 1) {
      media.volume = before * (1 - step / steps);
      await new Promise((resolve) => later(resolve, STEP_MS));
    }
  }
  media.pause();
  media.volume = before;
}

/** Whether this browser lets a page set the volume (phones of one maker do not). */
export function canSetVolume(media) {
  const before = media.volume;
  const asked = before > 0.5 ? before - 0.25 : before + 0.25;
  media.volume = asked;
  const obeyed = Math.abs(media.volume - asked) < 0.01;
  media.volume = before;
  return obeyed;
}

/** The panel. Escape closes it and leaves everything quiet. */
export class TooMuch {
  #dialog; #opener;

  /**
   * @param {object} parts
   * @param {HTMLDialogElement} parts.dialog
   * @param {HTMLElement} parts.opener gets the focus back
   * @param {() => void} parts.quieten the sound goes
   * @param {() => void} parts.goOn
   * @param {() => void} parts.endHere
   */
  constructor({ dialog, opener, quieten, goOn, endHere }) {
    this.#dialog = dialog;
    this.#opener = opener;
    const choose = (name, call) => dialog.querySelector(`[data-too-much-${name}]`)?.addEventListener("click", call);
    opener.addEventListener("click", () => { quieten(); this.show(); });
    choose("quiet", () => this.#stay());
    choose("on", () => { this.#close(); goOn(); });
    choose("end", () => { this.#close(); endHere(); });
    dialog.addEventListener("close", () => this.#opener.focus());
  }

  get isOpen() { return this.#dialog.open; }

  show() {
    if (this.#dialog.open) return;
    this.#dialog.classList.remove("too-much--quiet");
    this.#dialog.showModal();
    this.#focusWords();
  }

  #stay() {
    this.#dialog.classList.add("too-much--quiet");
    this.#focusWords();
  }

  #close() { this.#dialog.close(); }

  #focusWords() { this.#dialog.querySelector("[data-too-much-words]").focus(); }
}
