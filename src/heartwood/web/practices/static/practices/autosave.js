/**
 * A page of the journal, saved while it is written.
 *
 * Each saving is kept on the device first, encrypted, then sent, and removed only when the server has
 * said that it is on disk; a later one takes the place of an earlier one. The open page has an id of
 * its own and numbers its savings, so that the last one stands in whatever order they arrive.
 *
 *   409  the page was changed elsewhere: the server keeps both, and every later saving of this one too
 *   410  it was deleted elsewhere: what is written here goes on as a page of its own
 */

const PAUSE_MS = 800;
const AT_THE_LATEST_MS = 5_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
export const ADDRESS = "/api/journal/";

/** @typedef {"kept"|"both"|"parted"|"waiting"|"unkept"|"signed-out"|"refused"|"nothing"} State */

export class Autosave {
  #store; #sealer; #fetch; #later; #newId; #tell; #now; #owner; #token; #read;
  #identity; #writing; #base; #number = 0;
  #changes = 0; #since = null; #last = ""; #savings = []; #work = Promise.resolve("nothing"); #wait = FIRST_WAIT_MS;

  /**
   * @param {object} parts
   * @param {import("./store.js").MemoryStore} parts.store
   * @param {import("./sealing.js").Sealer} parts.sealer
   * @param {typeof fetch} parts.fetch
   * @param {(call: () => void, ms: number) => unknown} parts.later such as setTimeout
   * @param {() => number} parts.now milliseconds
   * @param {() => string} parts.newId
   * @param {(state: State) => void} parts.tell
   * @param {string} parts.owner
   * @param {string} parts.token the page's CSRF token
   * @param {{identity: string, writing: string, base: number}} parts.page
   * @param {() => {body: string, tags: string[], prompt: string}} parts.read what is in the fields
   */
  constructor({ store, sealer, fetch, later, now, newId, tell, owner, token, page, read }) {
    this.#store = store;
    this.#sealer = sealer;
    this.#fetch = fetch;
    this.#later = later;
    this.#now = now;
    this.#newId = newId;
    this.#tell = tell;
    this.#owner = owner;
    this.#token = token;
    this.#read = read;
    ({ identity: this.#identity, writing: this.#writing, base: this.#base } = page);
    this.#last = JSON.stringify(read());
  }

  get identity() { return this.#identity; }

  /** Which saving the form would be, if it were sent now. */
  get stroke() { return { writing: this.#writing, number: this.#number + 1, base: this.#base }; }

  /** What this page wrote before it was closed and that the server may not have, or null. */
  async found() {
    const waiting = await this.#store.all().catch(() => []);
    const mine = waiting.filter(({ owner, url, sealed, aside }) =>
      sealed && !aside && owner === this.#owner && url === this.#url);
    const newest = mine.at(-1);
    const told = newest && await this.#sealer.open(newest.sealed).catch(() => null);
    if (!told) return null;
    ({ writing: this.#writing, number: this.#number, base: this.#base } = told);
    this.#savings = mine.map(({ id }) => id);
    return { body: told.body, tags: told.tags, prompt: told.prompt };
  }

  /** Something was written: save it at the next breath, and at the latest in a while. */
  changed() {
    const mine = ++this.#changes;
    this.#since ??= this.#now();
    const ms = Math.max(0, Math.min(PAUSE_MS, this.#since + AT_THE_LATEST_MS - this.#now()));
    this.#later(() => {
      if (mine === this.#changes || this.#now() - (this.#since ?? Infinity) >= AT_THE_LATEST_MS) this.save();
    }, ms);
  }

  /** Keep and send what is there now, after what is under way. @returns {Promise<State>} */
  save() {
    this.#since = null;
    this.#work = this.#work.catch(() => {}).then(() => this.#save());
    return this.#work;
  }

  get #url() { return `${ADDRESS}${this.#identity}`; }

  async #save() {
    const told = this.#read();
    const written = JSON.stringify(told);
    if (!told.body.trim() || (written === this.#last && !this.#savings.length)) return "nothing";
    this.#number += 1;
    const save = this.#newId();
    const content = { ...told, writing: this.#writing, number: this.#number, base: this.#base, save };
    const isKept = await this.#keep(save, content);
    const state = await this.#send(save, content, isKept);
    if (state === "kept" || state === "both") this.#last = written;
    if (state === "waiting" || state === "unkept") this.#tryLater();
    this.#tell(state);
    return state;
  }

  /** On the device, in place of the savings before it. Whether it is there. */
  async #keep(save, content) {
    if (!this.#sealer.isAble) return false;
    try {
      const sealed = await this.#sealer.seal(content);
      await this.#store.put({ id: save, owner: this.#owner, url: this.#url, sealed });
      await this.#store.remove(this.#savings);
      this.#savings = [save];
      return true;
    } catch {
      return false;
    }
  }

  async #send(save, content, isKept) {
    let answer;
    try {
      answer = await this.#fetch(this.#url, {
        method: "PUT",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.#token },
        body: JSON.stringify(content), credentials: "same-origin", redirect: "manual",
      });
    } catch {
      return isKept ? "waiting" : "unkept";
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return "signed-out";
    if (answer.status === 410) return this.#part();
    if (answer.status === 409) return this.#forget("both");
    if ([400, 404, 413, 422].includes(answer.status)) return "refused";
    const { id } = answer.ok ? await answer.json().catch(() => ({})) : {};
    if (id !== save) return isKept ? "waiting" : "unkept";
    this.#wait = FIRST_WAIT_MS;
    return this.#forget("kept");
  }

  async #forget(state) {
    const savings = this.#savings;
    this.#savings = [];
    await this.#store.remove(savings).catch(() => {});
    return state;
  }

  /** Go on as a page of its own. */
  async #part() {
    await this.#forget("parted");
    [this.#identity, this.#writing, this.#base, this.#number] = [this.#newId(), this.#newId(), 0, 0];
    this.#last = "";
    this.#later(() => this.save(), 0);
    return "parted";
  }

  #tryLater() {
    this.#later(() => this.save(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }
}
