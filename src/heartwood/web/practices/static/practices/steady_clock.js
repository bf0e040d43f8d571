/**
 * A clock that goes on steadily from the moment it was taken: somebody may set the device's own meanwhile.
 *
 * What it goes by stands still while a phone sleeps, so it is taken when a sitting begins, not when a page opens.
 *
 * @param {{wall: () => number, steady: () => number}} parts such as Date.now and performance.now
 * @returns {() => number} whole milliseconds since 1970
 */
export function steadyClock({ wall, steady }) {
  const taken = wall() - steady();
  return () => Math.round(taken + steady());
}
