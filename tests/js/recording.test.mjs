import assert from "node:assert/strict";
import test from "node:test";

import { canRecord, Recording } from "../../src/heartwood/web/practices/static/practices/recording.js";

class Recorder extends EventTarget {
  static isTypeSupported(type) { return type.startsWith("audio/mp4"); }
  state = "inactive";
  constructor(stream, { mimeType }) { super(); this.mimeType = mimeType; }
  start() { this.state = "recording"; }
  stop() {
    this.state = "inactive";
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob(["spoken"]) }));
    this.dispatchEvent(new Event("stop"));
  }
}

function setUp({ refusal, answers = [] } = {}) {
  const states = []; const sent = []; const waits = []; const track = { stopped: false, stop() { this.stopped = true; } };
  let time = 0;
  const view = {
    isSecureContext: true, MediaRecorder: Recorder,
    navigator: { mediaDevices: { getUserMedia: async () => { if (refusal) throw Object.assign(new Error(), { name: refusal }); return { getTracks: () => [track] }; } } },
  };
  const fetch = async (url, request) => {
    sent.push({ url, ...request });
    const answer = answers.shift() ?? 200;
    if (answer === "unreachable") throw new TypeError("Failed to fetch");
    return { status: answer, ok: answer === 200, type: "basic" };
  };
  const recording = new Recording({
    view, fetch, later: (call, ms) => waits.push({ call, ms }), newId: () => "n1", now: () => time,
    tell: (state) => states.push(state), url: "/journal/voice/", token: "t", longestMs: 300_000,
  });
  return { recording, states, sent, waits, track, view, pass: (ms) => { time += ms; } };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("what was said is sent whole, with its length and its kind, and the microphone is let go of", async () => {
  const { recording, states, sent, track, pass } = setUp();
  await recording.start();
  pass(4_000.4);
  recording.stop();
  await settled();

  assert.deepEqual(states, ["recording", "sending", "kept"]);
  assert.equal(sent[0].url, "/journal/voice/n1/");
  assert.deepEqual([sent[0].headers["Content-Type"], sent[0].headers["X-Length-Ms"]], ["audio/mp4", "4000"]);
  assert.ok(track.stopped);
});

test("after five minutes it stops by itself and is kept", async () => {
  const { recording, states, waits } = setUp();
  await recording.start();
  assert.equal(waits[0].ms, 300_000);
  waits[0].call();
  await settled();

  assert.equal(states.at(-1), "kept");
});

test("let go of, nothing is sent", async () => {
  const { recording, states, sent, track } = setUp();
  await recording.start();
  recording.drop();
  await settled();

  assert.deepEqual([states, sent, track.stopped], [["recording", "idle"], [], true]);
});

test("without a connection it stays in the page, and is sent again under the same id", async () => {
  const { recording, states, sent } = setUp({ answers: ["unreachable", 200] });
  await recording.start();
  recording.stop();
  await settled();
  await recording.send();

  assert.deepEqual(states, ["recording", "sending", "waiting", "sending", "kept"]);
  assert.equal(sent[0].url, sent[1].url);
});

test("why there is no recording is told apart", async () => {
  const states = [];
  for (const refusal of ["NotAllowedError", "NotFoundError"]) {
    const one = setUp({ refusal });
    await one.recording.start();
    states.push(...one.states);
  }

  assert.deepEqual(states, ["refused", "none"]);
});

test("an insecure address and an older browser cannot record", () => {
  const { view } = setUp();
  assert.ok(canRecord(view));
  assert.ok(!canRecord({ ...view, isSecureContext: false }));
  assert.ok(!canRecord({ ...view, MediaRecorder: undefined }));
  assert.ok(!canRecord({ ...view, navigator: {} }));
});
