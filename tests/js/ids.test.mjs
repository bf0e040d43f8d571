import assert from "node:assert/strict";
import test from "node:test";

import { newId, uuid7 } from "../../src/heartwood/web/practices/static/practices/ids.js";

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const allOnes = (bytes) => bytes.fill(0xff);

test("the first forty-eight bits are the milliseconds since 1970", () => {
  const at = Date.UTC(2022, 1, 22, 19, 22, 22);

  assert.equal(uuid7(at, allOnes), "017f22e2-79b0-7fff-bfff-ffffffffffff");
});

test("a later id sorts after an earlier one, whatever chance says", () => {
  const earlier = uuid7(1_000, allOnes);
  const later = uuid7(1_001, (bytes) => bytes.fill(0));

  assert.ok(earlier < later);
});

test("ids have the form of version 7 and are all different", () => {
  const ids = new Set(Array.from({ length: 1_000 }, newId));

  assert.equal(ids.size, 1_000);
  for (const id of ids) assert.match(id, UUID7);
});
