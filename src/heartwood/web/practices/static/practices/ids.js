/** Ids that a device makes by itself: UUIDv7, in order of time, without asking anybody. */

/**
 * A UUIDv7.
 *
 * @param {number} at milliseconds since 1970
 * @param {(bytes: Uint8Array) => Uint8Array} fill fills the bytes with chance
 * @returns {string}
 */
export function uuid7(at, fill) {
  const bytes = fill(new Uint8Array(16));
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(at / 256 ** (5 - place)) % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [0, 8, 12, 16, 20].map((from, part, all) => hex.slice(from, all[part + 1])).join("-");
}

/** A new id, now. `randomUUID` is no help: browsers offer it on secure addresses only. */
export function newId() {
  return uuid7(Date.now(), (bytes) => globalThis.crypto.getRandomValues(bytes));
}
