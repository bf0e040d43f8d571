/** While a reading is being spoken: how far it has come. It never reloads under somebody who reads. */

import { made } from "../practices/making.js";

const words = document.querySelector("[data-making]");
if (words) await wait(words.closest("section"), words.dataset.making);

async function wait(section, url) {
  const bar = section.querySelector("[data-making-bar]");
  const outcome = await made({
    url,
    fetch: (...asked) => fetch(...asked),
    later: (call, ms) => setTimeout(call, ms),
    show: (percent) => { bar.value = percent; },
  });
  bar.hidden = true;
  words.hidden = true;
  section.querySelector(`[data-making-${outcome}]`).hidden = false;
}
