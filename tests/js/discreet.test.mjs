import assert from "node:assert/strict";
import test from "node:test";

import { isDiscreet, makePlain, remember, shownOutside } from "../../src/heartwood/web/practices/static/practices/discreet.js";

const shelf = () => {
  const kept = new Map();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => { kept.set(name, value); },
    removeItem: (name) => { kept.delete(name); },
  };
};

const page = (localStorage, said) => {
  const links = [{ isGone: false, remove() { this.isGone = true; } }];
  const mark = { textContent: "Heartwood" };
  return {
    localStorage, links, mark,
    document: {
      title: "Without a connection · Heartwood", documentElement: { dataset: said ? { discreet: said } : {} },
      querySelectorAll: () => links, querySelector: () => mark,
    },
  };
};

test("what a page from the server says is remembered for the pages that are everybody's", () => {
  const storage = shelf();
  remember(page(storage, "yes"));
  const offline = page(storage);

  makePlain(offline);

  assert.equal(isDiscreet(offline), true);
  assert.deepEqual([offline.document.title, offline.mark.textContent, offline.links[0].isGone], ["Notes", "Notes", true]);
});

test("it is forgotten when the person no longer wants it", () => {
  const storage = shelf();
  remember(page(storage, "yes"));
  remember(page(storage, "no"));
  const offline = page(storage);

  makePlain(offline);

  assert.equal(offline.document.title, "Without a connection · Heartwood");
});

test("of two people on one device each has their own while they are signed in", () => {
  const storage = shelf();
  remember(page(storage, "yes"));

  assert.equal(isDiscreet(page(storage, "no")), false);
});

test("a lock screen shows neither the practice nor the week nor a sign", () => {
  const facts = { title: "A friend in need", week: "Week 3", artwork: '[{"src":"/icon.png"}]' };

  assert.deepEqual(shownOutside(facts, { isDiscreet: true }), { title: "Notes", week: "", artist: "", artwork: [] });
  assert.deepEqual(
    shownOutside(facts, { isDiscreet: false }),
    { title: "A friend in need", week: "Week 3", artist: "Heartwood", artwork: [{ src: "/icon.png" }] },
  );
});

test("where nothing can be kept, pages say who they are and nothing breaks", () => {
  const refusing = { getItem() { throw new Error("refused"); }, setItem() { throw new Error("refused"); } };

  remember(page(refusing, "yes"));

  assert.equal(isDiscreet(page(refusing)), false);
});
