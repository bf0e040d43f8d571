/**
 * Observations and private lines on their way to the server.
 *
 * Each is kept on the device first, then sent, and removed only when the server has said that it
 * is on disk. Whatever happens in between, a lost answer, a closed page, a killed browser, it is
 * sent again; its id makes it take effect once. What waited is sent at the next page load. What the
 * device cannot keep lives in the page alone: it is sent all the same, and the person is told.
 *
 * Answers that sending again cannot change:
 *   409  the id is there with other content: the server holds both, the device sets it aside
 *   404, 400, 422  the server does not know the practice or the person: set aside, and said; tried once
 *        more whenever a page is opened, since a newer server may take it
 *   410  the person deleted this sitting: the device forgets its copy too
 *   401, 403, or a way to the sign-in page: everything stays until the person is back
 *
 * A private line that cannot be opened any more, its key being gone, is set aside too.
 */

const AT_ONCE = 50;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const SET_ASIDE = new Map([[400, "refused"], [404, "unknown"], [409, "conflict"], [413, "refused"], [422, "refused"]]);

/** @typedef {"kept"|"waiting"|"signed-out"|"aside"|"full"|"unkept"} State what became of the last try */

export class Outbox {
  #store; #fetch; #later; #tellState; #owner; #token;
  #sending = null; #keeping = Promise.resolve(); #wait = FIRST_WAIT_MS; #timer = null;
  #unsent = new Map(); #unkept = new Map(); #again = new Set(); #sealer; #makeRoom; #pass; #now; #tellCorrected;

  /**
   * @param {object} parts
   * @param {import("./store.js").MemoryStore} parts.store
   * @param {typeof fetch} parts.fetch
   * @param {string} parts.owner whose observations are sent
   * @param {string} parts.token the page's CSRF token
   * @param {(call: () => void, ms: number) => unknown} parts.later such as setTimeout
   * @param {(state: State) => void} [parts.tellState]
   * @param {() => void} [parts.tellCorrected] the server says that the course was corrected for safety
   * @param {import("./sealing.js").Sealer} [parts.sealer] for private lines
   * @param {() => Promise<void>} [parts.makeRoom] lets go of kept sounds when the disk is full
   * @param {() => number} [parts.now] the device's clock, told with what is sent so that a wrong one is noticed
   * @param {() => Promise<{owner: string, token: string}|null>} [parts.pass] who is signed in, for a page
   *   that came from the device and holds no token
   */
  constructor({
    store, fetch, owner, token, later, tellState = () => {}, tellCorrected = () => {}, sealer, makeRoom, pass, now = Date.now,
  }) {
    this.#tellCorrected = tellCorrected;
    this.#sealer = sealer;
    this.#makeRoom = makeRoom ?? (async () => {});
    this.#pass = pass;
    this.#now = now;
    this.#store = store;
    this.#fetch = fetch;
    this.#owner = owner;
    this.#token = token;
    this.#later = later;
    this.#tellState = tellState;
  }

  /**
   * Keep an observation on the device, then send it. One that cannot be kept is sent from the page.
   *
   * @param {Omit<import("./store.js").Waiting, "id"|"owner">} letter
   * @param {import("./store.js").Place} [place] kept in the same stroke
   * @returns {Promise<void>} once it is on the device
   */
  add(letter, place) {
    const waiting = { id: letter.event.id, owner: this.#owner, ...letter };
    this.#unsent.set(waiting.id, waiting);
    this.#keeping = this.#keeping.catch(() => {}).then(() => this.#put(waiting, place)).catch((reason) => {
      this.#unkept.set(waiting.id, waiting);
      throw reason;
    });
    const send = () => this.flush();
    this.#keeping.then(send, send);
    return this.#keeping;
  }

  /**
   * Keep a private line on the device, encrypted, to be sent after what came before it.
   *
   * @param {{id: string, url: string, body: string, sitting: string}} line
   * @returns {Promise<boolean>} false where this device cannot encrypt: then nothing was kept
   */
  addLine({ id, url, body, sitting }) {
    return this.addSealed({ id, url, content: { body, sitting, wall_ms: this.#now() } });
  }

  /** The same for anything that is nobody else's business. @param {{id: string, url: string, content: object}} letter */
  async addSealed({ id, url, content }) {
    if (!this.#sealer?.isAble) return false;
    const sealed = await this.#sealer.seal(content);
    await this.#put({ id, owner: this.#owner, url, sealed });
    return true;
  }

  /** A full disk: sounds can be had again, a sitting cannot. */
  async #put(waiting, place) {
    try {
      await this.#store.put(waiting, place);
    } catch (reason) {
      if (reason?.name !== "QuotaExceededError") throw reason;
      await this.#makeRoom();
      await this.#store.put(waiting, place);
      this.#tellState("full");
    }
  }

  /**
   * Send what waits, oldest first.
   *
   * @returns {Promise<State>} "kept" when nothing is left to send
   */
  async flush() {
    await this.#keeping.catch(() => {});
    this.#sending = (this.#sending ?? Promise.resolve()).catch(() => {}).then(() => this.#sendAll());
    return this.#sending;
  }

  /**
   * Send what waits, and once more what an earlier server would not take: if it is refused again,
   * nothing more is said of it. Of what conflicts the server has both.
   */
  async sendAgain() {
    for (const { id, aside } of await this.#hers()) if (aside && aside !== "conflict") this.#again.add(id);
    return this.flush();
  }

  /** The page goes: send what this page still holds, at once, in requests that outlive it. */
  flushLeaving() {
    for (const batch of batches([...this.#unsent.values()])) this.#send(batch, { keepalive: true }).catch(() => {});
  }

  async #sendAll() {
    const stopped = await this.#identify();
    if (stopped) return this.#stop(stopped);
    let state = "kept";
    let left = [];
    for (;;) {
      if (!left.length) left = batches(await this.#toSend());
      const batch = left.shift();
      if (!batch) break;
      const outcome = await this.#send(batch);
      if (outcome === "waiting" || outcome === "signed-out") return this.#stop(outcome);
      if (outcome === "aside") state = outcome;
    }
    this.#wait = FIRST_WAIT_MS;
    this.#tellState(state);
    return state;
  }

  #stop(outcome) {
    if (outcome === "waiting") this.#tryLater();
    this.#tellState(this.#unkept.size ? "unkept" : outcome);
    return outcome;
  }

  /** A page from the device asks who is signed in before it sends; nothing goes in another's name. */
  async #identify() {
    if (this.#token || !this.#pass) return null;
    if (!(await this.#toSend()).length) return null;
    try {
      const pass = await this.#pass();
      if (pass?.owner !== this.#owner) return "signed-out";
      this.#token = pass.token;
      return null;
    } catch {
      return "waiting";
    }
  }

  async #toSend() {
    const waiting = await this.#hers();
    return waiting.filter(({ id, aside }) => !aside || this.#again.has(id));
  }

  /** What is hers, on the device and in this page. A store that cannot be read keeps what it holds. */
  async #hers() {
    const kept = await this.#store.all().catch(() => []);
    return [...kept, ...this.#unkept.values()].filter(({ owner }) => owner === this.#owner);
  }

  /** @returns {Promise<State>} */
  async #send(batch, { keepalive = false } = {}) {
    const [{ opening, sealed }] = batch;
    const told = sealed ? await this.#opened(sealed) : { ...opening, events: batch.map((letter) => letter.event) };
    if (!told) return this.#setAside(batch, "unreadable");
    let answer;
    try {
      answer = await this.#post(batch, told, keepalive);
    } catch {
      return "waiting";
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return "signed-out";
    if (answer.status === 410) return this.#forget(batch.map((letter) => letter.id));
    if (SET_ASIDE.has(answer.status)) return this.#setAside(batch, SET_ASIDE.get(answer.status));
    if (!answer.ok) return "waiting";
    const { acknowledged, corrected } = await toldBy(answer);
    if (corrected) this.#tellCorrected();
    const sent = batch.map((letter) => letter.id).filter((id) => acknowledged.has(id));
    return sent.length ? this.#forget(sent) : "waiting";
  }

  /** @returns {Promise<object|null>} null for a line that no key of this device opens */
  async #opened(sealed) {
    return this.#sealer.open(sealed).catch(() => null);
  }

  async #post([{ url, sealed }], told, keepalive) {
    const content = { ...told, sent_ms: this.#now() };
    return this.#fetch(url, {
      method: sealed ? "PUT" : "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.#token },
      body: JSON.stringify(content),
      credentials: "same-origin",
      redirect: "manual",
      keepalive,
    });
  }

  async #forget(ids) {
    for (const id of ids) this.#unsent.delete(id);
    const kept = ids.filter((id) => !this.#unkept.delete(id));
    if (kept.length) await this.#store.remove(kept);
    return "kept";
  }

  /** @returns {Promise<State>} "kept" where all of it was aside before: that was said then */
  async #setAside(batch, aside) {
    const isNew = batch.some((letter) => !letter.aside);
    for (const letter of batch) {
      this.#unsent.delete(letter.id);
      this.#again.delete(letter.id);
      const kept = this.#store.put({ ...letter, aside });
      await (this.#unkept.delete(letter.id) ? kept.catch(() => {}) : kept);
    }
    return isNew ? "aside" : "kept";
  }

  #tryLater() {
    if (this.#timer) return;
    this.#timer = true;
    this.#later(() => {
      this.#timer = null;
      this.flush();
    }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }
}

/** What waits, as requests: one sitting each, in the order of its sequence. */
function batches(waiting) {
  const bySitting = new Map();
  const lines = waiting.filter((letter) => letter.sealed).map((letter) => [letter]);
  for (const letter of waiting.filter(({ sealed }) => !sealed)) {
    const letters = bySitting.get(letter.sitting) ?? [];
    bySitting.set(letter.sitting, letters);
    letters.push(letter);
  }
  const sittings = [...bySitting.values()].flatMap((letters) => {
    letters.sort((one, other) => one.event.sequence - other.event.sequence);
    return Array.from({ length: Math.ceil(letters.length / AT_ONCE) }, (_, part) =>
      letters.slice(part * AT_ONCE, (part + 1) * AT_ONCE));
  });
  return [...sittings, ...lines];
}

/** The ids that the server says are on disk, and what else it says; an answer without them acknowledges nothing. */
async function toldBy(answer) {
  try {
    const { acknowledged, id, corrected } = await answer.json();
    return { acknowledged: new Set(acknowledged ?? [id]), corrected: corrected === true };
  } catch {
    return { acknowledged: new Set(), corrected: false };
  }
}
