/**
 * The first time, and when sound leaves by another way, the opening bell is heard before anything
 * counts: can you hear this?
 *
 * It is the beginning of the practice's own sound, and is wound back to where it stood.
 */

const BELL_SECONDS = 8;

export class SoundCheck {
  #panel; #media; #heard; #stood = 0;

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.panel
   * @param {HTMLMediaElement} parts.media
   * @param {() => void} parts.heard the person hears it, and the sound is back where it stood
   */
  constructor({ panel, media, heard }) {
    this.#panel = panel;
    this.#media = media;
    this.#heard = heard;
    this.#on("heard", () => this.#done());
    this.#on("unheard", () => { this.#hint.hidden = false; this.#play(); });
  }

  get isOpen() { return !this.#panel.hidden; }

  begin() {
    if (this.isOpen) return;
    this.#stood = this.#media.currentTime;
    this.#panel.hidden = false;
    this.#panel.querySelector("[data-check-heard]").focus();
    this.#media.addEventListener("timeupdate", this.#stopAfterBell);
    this.#play();
  }

  #done() {
    this.#panel.hidden = true;
    this.#media.removeEventListener("timeupdate", this.#stopAfterBell);
    this.#rewind(this.#stood);
    this.#heard();
  }

  #play() {
    this.#rewind(0);
    this.#media.play().catch(() => { this.#hint.hidden = false; });
  }

  #rewind(seconds) {
    this.#media.pause();
    this.#media.currentTime = seconds;
  }

  #stopAfterBell = () => { if (this.#media.currentTime >= BELL_SECONDS) this.#media.pause(); };

  get #hint() { return this.#panel.querySelector("[data-check-hint]"); }

  #on(name, call) { this.#panel.querySelector(`[data-check-${name}]`).addEventListener("click", call); }
}
