/** What happens around a practice: headphones pulled out, a call, another app's sound. */

/**
 * Call back when sound now leaves by another way. A page without permission sees devices without
 * names; where the list tells nothing, every change of devices counts as one.
 *
 * @param {object} parts
 * @param {MediaDevices|undefined} parts.devices absent on an insecure address
 * @param {() => void} parts.changed
 */
export async function watchOutputs({ devices, changed }) {
  if (!devices?.addEventListener) return;
  let before = await outputs(devices);
  devices.addEventListener("devicechange", async () => {
    const after = await outputs(devices);
    const same = before !== "" && before === after;
    before = after;
    if (!same) changed();
  });
}

/** The ways out by their ids, as one word; empty where a browser hides them. */
async function outputs(devices) {
  try {
    const found = await devices.enumerateDevices();
    const ways = found.filter((device) => device.kind === "audiooutput" && device.deviceId);
    return ways.map((device) => `${device.deviceId}/${device.groupId}`).sort().join(" ");
  } catch {
    return "";
  }
}

/**
 * A call takes the sound away and gives it back: the practice comes back as the person left it,
 * playing only if they had it play.
 *
 * @param {object} parts
 * @param {EventTarget & {state: string}|undefined} parts.session navigator.audioSession, where there is one;
 *   elsewhere the browser itself pauses and goes on
 * @param {() => void} parts.taken
 * @param {() => void} parts.givenBack
 */
export function watchInterruptions({ session, taken, givenBack }) {
  if (!session?.addEventListener) return;
  let isTaken = false;
  session.addEventListener("statechange", () => {
    if (session.state === "interrupted") taken();
    else if (isTaken && session.state === "active") givenBack();
    isTaken = session.state === "interrupted" || (isTaken && session.state !== "active");
  });
}
