/**
 * A voice note: recorded, and sent whole. Until the server has it, it lives in the page alone.
 *
 * @typedef {"recording"|"sending"|"kept"|"waiting"|"signed-out"|"unkept"|"refused"|"none"|"idle"} State
 */

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS_A_SECOND = 32_000;

/** Whether this browser, at this address, can record at all. */
export function canRecord(view) {
  return Boolean(view.isSecureContext && view.navigator?.mediaDevices?.getUserMedia && view.MediaRecorder);
}

export class Recording {
  #view; #fetch; #later; #newId; #now; #tell; #url; #token; #longestMs;
  #recorder = null; #chunks = []; #began = 0; #isWanted = true; #letter = null;

  /**
   * @param {object} parts
   * @param {Window} parts.view
   * @param {typeof fetch} parts.fetch
   * @param {(call: () => void, ms: number) => unknown} parts.later
   * @param {() => string} parts.newId
   * @param {() => number} parts.now milliseconds
   * @param {(state: State) => void} parts.tell
   * @param {string} parts.url
   * @param {string} parts.token
   * @param {number} parts.longestMs then it stops by itself, and is kept
   */
  constructor({ view, fetch, later, newId, now, tell, url, token, longestMs }) {
    this.#view = view;
    this.#fetch = fetch;
    this.#later = later;
    this.#newId = newId;
    this.#now = now;
    this.#tell = tell;
    this.#url = url;
    this.#token = token;
    this.#longestMs = longestMs;
  }

  async start() {
    let stream;
    try {
      stream = await this.#view.navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (reason) {
      this.#tell(reason?.name === "NotFoundError" ? "none" : "refused");
      return;
    }
    const mimeType = TYPES.find((type) => this.#view.MediaRecorder.isTypeSupported(type));
    const recorder = new this.#view.MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_A_SECOND });
    [this.#recorder, this.#chunks, this.#isWanted, this.#began] = [recorder, [], true, this.#now()];
    recorder.addEventListener("dataavailable", ({ data }) => this.#chunks.push(data));
    recorder.addEventListener("stop", () => this.#stopped(recorder, stream));
    recorder.start();
    this.#tell("recording");
    this.#later(() => { if (this.#recorder === recorder) this.stop(); }, this.#longestMs);
  }

  /** Stop, and send it. */
  stop() { if (this.#recorder?.state === "recording") this.#recorder.stop(); }

  /** Stop, and keep nothing of it. */
  drop() {
    this.#isWanted = false;
    this.#letter = null;
    if (this.#recorder?.state === "recording") this.stop();
    else this.#tell("idle");
  }

  /** Send it, or send once more what could not be sent. */
  async send() {
    if (!this.#letter) return;
    this.#tell("sending");
    this.#tell(await this.#sent(this.#letter));
  }

  #stopped(recorder, stream) {
    for (const track of stream.getTracks()) track.stop();
    this.#recorder = null;
    if (!this.#isWanted) return this.#tell("idle");
    const sound = new Blob(this.#chunks, { type: recorder.mimeType.split(";")[0] });
    const length = Math.round(Math.min(this.#now() - this.#began, this.#longestMs));
    this.#letter = { id: this.#newId(), sound, length: Math.max(1, length) };
    return this.send();
  }

  /** @returns {Promise<State>} */
  async #sent({ id, sound, length }) {
    let answer;
    try {
      answer = await this.#fetch(`${this.#url}${id}/`, {
        method: "POST", body: sound, credentials: "same-origin", redirect: "manual",
        headers: { "Content-Type": sound.type, "X-CSRFToken": this.#token, "X-Length-Ms": String(length) },
      });
    } catch {
      return "waiting";
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return "signed-out";
    if (!answer.ok && answer.status !== 409) return answer.status >= 500 ? "waiting" : "unkept";
    this.#letter = null;
    return "kept";
  }
}
