/**
 * Where a listener is in a timeline: the line now, and the line to come.
 *
 * @typedef {object} TimelineEvent
 * @property {"cue"|"pause"|"silence"|"bell"} kind
 * @property {number} start_ms
 * @property {number} length_ms
 * @property {string} text the words of a cue
 * @property {string} id
 */

/**
 * The cue last begun at `ms` and the cue after it; null before the first and after the last.
 *
 * @param {TimelineEvent[]} timeline
 * @param {number} ms
 * @returns {{now: TimelineEvent|null, next: TimelineEvent|null}}
 */
export function linesAt(timeline, ms) {
  const cues = timeline.filter((event) => event.kind === "cue");
  const begun = cues.findLastIndex((cue) => cue.start_ms <= ms);
  return { now: cues[begun] ?? null, next: cues[begun + 1] ?? null };
}

/**
 * What is left, said without seconds.
 *
 * @param {number} ms
 * @returns {{minutes: number}} whole minutes, rounded up; 0 under half a minute
 */
export function timeLeft(ms) {
  return { minutes: ms < 30_000 ? 0 : Math.max(1, Math.round(ms / 60_000)) };
}
