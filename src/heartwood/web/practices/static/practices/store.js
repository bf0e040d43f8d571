/**
 * What this device keeps until the server has it: observations to be sent, and the place where
 * each sitting stands.
 *
 * IndexedDB writes through at once, so that a killed browser finds everything again. Where it is
 * refused (some private windows) localStorage serves, and where nothing may be stored, memory.
 *
 * @typedef {object} Waiting an observation that waits to be sent
 * @property {string} id the observation's
 * @property {string} owner whose it is: another person on this device never sends it
 * @property {string} sitting
 * @property {string} url where it goes
 * @property {object} opening what the server must know of the sitting besides
 * @property {import("./counting.js").Observation} event
 * @property {string} [aside] why it is not sent again by itself
 *
 * @typedef {object} Place where a sitting stands
 * @property {string} key the owner and the rendering
 * @property {string} sitting
 * @property {number} sequence
 * @property {number} position_ms
 * @property {number} wall_ms
 * @property {boolean} over
 * @property {boolean} [paused_hidden] it was paused while the page could not be seen
 */

const NAME = "heartwood";
const WAITING = "waiting";
const PLACES = "places";
const SHELF = "shelf";
export const BORROWED = "heartwood.borrowed";

/** Keeps for as long as the page lives. The other stores keep its promises, and longer. */
export class MemoryStore {
  #waiting = new Map();
  #places = new Map();
  #shelf = new Map();

  /** Whether a key that no script can read out may lie here. */
  get holdsKeys() { return true; }

  /** @param {Waiting} waiting @param {Place} [place] */
  async put(waiting, place) {
    this.#waiting.set(waiting.id, waiting);
    if (place) this.#places.set(place.key, place);
  }

  /** @param {Place} place */
  async putPlace(place) { this.#places.set(place.key, place); }

  /** @param {string} key @returns {Promise<Place|undefined>} */
  async place(key) { return this.#places.get(key); }

  /** Keep something by name, such as the plan of the next two weeks. */
  async shelve(name, thing) { this.#shelf.set(name, thing); }

  async fromShelf(name) { return this.#shelf.get(name); }

  /** Everything that waits, in the order of the observations' ids. @returns {Promise<Waiting[]>} */
  async all() { return [...this.#waiting.values()].sort(byId); }

  /** @param {string[]} ids */
  async remove(ids) { for (const id of ids) this.#waiting.delete(id); }
}

/** The same in localStorage, one entry each. */
export class LocalStore {
  #storage;

  /** @param {Storage} storage */
  constructor(storage) { this.#storage = storage; }

  /** As text a key is nothing: what it locked would be lost. */
  get holdsKeys() { return false; }

  async put(waiting, place) {
    this.#write(WAITING, waiting.id, waiting);
    if (place) await this.putPlace(place);
  }

  async putPlace(place) { this.#write(PLACES, place.key, place); }

  async place(key) {
    const found = this.#storage.getItem(`${NAME}.${PLACES}.${key}`);
    return found === null ? undefined : JSON.parse(found);
  }

  async shelve(name, thing) { this.#write(SHELF, name, thing); }

  async fromShelf(name) { return JSON.parse(this.#storage.getItem(`${NAME}.${SHELF}.${name}`) ?? "null") ?? undefined; }

  async all() {
    const prefix = `${NAME}.${WAITING}.`;
    const keys = Array.from({ length: this.#storage.length }, (_, place) => this.#storage.key(place));
    return keys.filter((key) => key.startsWith(prefix)).map((key) => JSON.parse(this.#storage.getItem(key))).sort(byId);
  }

  async remove(ids) { for (const id of ids) this.#storage.removeItem(`${NAME}.${WAITING}.${id}`); }

  #write(part, key, value) { this.#storage.setItem(`${NAME}.${part}.${key}`, JSON.stringify(value)); }
}

/** The same in IndexedDB. */
export class IndexedStore {
  #database;

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.#database = database;
    database.onversionchange = () => database.close();
  }

  /** @param {IDBFactory} factory @returns {Promise<IndexedStore>} */
  static async open(factory) {
    const request = factory.open(NAME, 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) request.result.createObjectStore(WAITING, { keyPath: "id" });
      if (oldVersion < 1) request.result.createObjectStore(PLACES, { keyPath: "key" });
      request.result.createObjectStore(SHELF);
    };
    return new IndexedStore(await opened(request));
  }

  get holdsKeys() { return true; }

  async put(waiting, place) {
    const change = this.#change([WAITING, PLACES]);
    change.objectStore(WAITING).put(waiting);
    if (place) change.objectStore(PLACES).put(place);
    return done(change);
  }

  async putPlace(place) {
    const change = this.#change([PLACES]);
    change.objectStore(PLACES).put(place);
    return done(change);
  }

  async place(key) { return answered(this.#read(PLACES).get(key)); }

  async shelve(name, thing) {
    const change = this.#change([SHELF]);
    change.objectStore(SHELF).put(thing, name);
    return done(change);
  }

  async fromShelf(name) { return answered(this.#read(SHELF).get(name)); }

  async all() { return answered(this.#read(WAITING).getAll()); }

  async remove(ids) {
    const change = this.#change([WAITING]);
    for (const id of ids) change.objectStore(WAITING).delete(id);
    return done(change);
  }

  #read(name) { return this.#database.transaction([name], "readonly").objectStore(name); }

  #change(names) { return this.#database.transaction(names, "readwrite", { durability: "strict" }); }
}

/**
 * The best store this browser allows.
 *
 * @param {{indexedDB?: IDBFactory, localStorage?: Storage}} view
 */
export async function openStore(view) {
  if (isBorrowed(view)) return new MemoryStore();
  try {
    const store = await IndexedStore.open(view.indexedDB);
    await takeOver(store, view);
    return store;
  } catch {
    try {
      view.localStorage.setItem(`${NAME}.try`, "");
      view.localStorage.removeItem(`${NAME}.try`);
      return new LocalStore(view.localStorage);
    } catch {
      return new MemoryStore();
    }
  }
}

/** What waits in localStorage, from a time when it had to serve, comes over; what cannot stays there. */
export async function takeOver(store, view) {
  try {
    const before = new LocalStore(view.localStorage);
    for (const letter of await before.all()) {
      await store.put(letter);
      await before.remove([letter.id]);
    }
  } catch {
    // It is tried again when the next page opens.
  }
}

/** On a borrowed phone nothing is kept beyond the page. */
export function isBorrowed(view) {
  try {
    return view.localStorage?.getItem(BORROWED) === "yes";
  } catch {
    return false;
  }
}

/** Let go of everything on this device: what waits, places, sounds, pages. */
export async function wipe(view) {
  const asked = view.indexedDB?.deleteDatabase(NAME);
  if (asked) await new Promise((resolve) => { asked.onsuccess = asked.onerror = asked.onblocked = resolve; });
  for (const name of await view.caches?.keys() ?? []) await view.caches.delete(name);
  try {
    view.localStorage.clear();
  } catch {
    // Nothing was kept there.
  }
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * An older page in another tab may hold the older version for as long as it stays open. Waiting for it would
 * never end, and meanwhile nothing could be kept: so this fails, and another store serves until the next page.
 * What is opened late after all is closed again, to stand in nobody's way.
 */
function opened(request) {
  const answer = answered(request);
  const blocked = new Promise((_, reject) => {
    request.onblocked = () => {
      request.onsuccess = () => request.result.close();
      reject(new Error("another tab holds an older store open"));
    };
  });
  return Promise.race([answer, blocked]);
}

function done(change) {
  return new Promise((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onabort = change.onerror = () => reject(change.error);
  });
}

function byId(one, other) { return one.id < other.id ? -1 : Number(one.id > other.id); }
