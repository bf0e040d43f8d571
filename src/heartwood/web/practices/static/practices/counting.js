/**
 * What of a sitting was practised: media time that advanced while playing, and nothing else.
 *
 * The server counts by the same rules in practice/counting.py; tests/fixtures/counting.json is
 * read by both. What several sittings come to is told by the server alone: no page of a device
 * adds them up, and two devices know nothing of each other.
 *
 * @typedef {"started"|"advanced"|"paused"|"seeked"|"stalled"|"finished"|"left"} Kind
 * @typedef {object} Observation
 * @property {string} id the device's own, the same however often it is sent
 * @property {number} sequence rises with each report of a sitting
 * @property {Kind} kind
 * @property {number} position_ms where the media stood
 * @property {number} wall_ms the device's clock, in milliseconds since 1970
 */

const BEGINS_ANEW = new Set(["seeked", "started"]);
const PLAYS_ON = new Set(["started", "advanced"]);

/**
 * The same observations on the clock of the practice itself, which begins when settling in ends.
 *
 * @param {Iterable<Observation>} observations
 * @param {number} settlingMs
 * @returns {Observation[]}
 */
export function afterSettling(observations, settlingMs) {
  return [...observations].map((seen) => ({ ...seen, position_ms: Math.max(0, seen.position_ms - settlingMs) }));
}

/**
 * Milliseconds practised, by everything that was observed of one sitting, in any order.
 *
 * @param {Iterable<Observation>} observations
 * @returns {number}
 */
export function practisedMs(observations) {
  let total = 0;
  let plays = false;
  let before = null;
  for (const after of inOrder(observations)) {
    const advanced = before ? after.position_ms - before.position_ms : 0;
    if (plays && advanced > 0 && !BEGINS_ANEW.has(after.kind)) total += advanced;
    if (after.kind !== "seeked") plays = PLAYS_ON.has(after.kind);
    before = after;
  }
  return total;
}

/** Each observation once, by sequence; the clock and the id settle what has the same. */
function inOrder(observations) {
  const once = new Map();
  for (const seen of [...observations].sort(byOrder)) if (!once.has(seen.id)) once.set(seen.id, seen);
  return once.values();
}

function byOrder(one, other) {
  for (const part of ["sequence", "wall_ms", "id", "kind", "position_ms"]) {
    if (one[part] < other[part]) return -1;
    if (one[part] > other[part]) return 1;
  }
  return 0;
}
