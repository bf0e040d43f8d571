/** Times of day as a plan writes them, 19:05, over midnight too. */

/** @returns {boolean} whether it is `now` from `begins` until before `ends` */
export function isWithin(now, begins, ends) {
  const [at, from, to] = [now, begins, ends].map(minutes);
  return from <= to ? from <= at && at < to : at >= from || at < to;
}

function minutes(clock) {
  const [hours, past] = clock.split(":").map(Number);
  return hours * 60 + past;
}
