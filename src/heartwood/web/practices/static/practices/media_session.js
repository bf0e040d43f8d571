/**
 * The controls of a lock screen, a headset or a keyboard. A headset's button pressed twice or three
 * times asks for another track; a practice has one, so it steps.
 */

/**
 * @param {object} parts
 * @param {MediaSession|undefined} parts.session absent in older browsers: then nothing is done
 * @param {(details: object) => MediaMetadata} parts.metadata
 * @param {HTMLMediaElement} parts.media
 * @param {{title: string, week: string, artist: string, artwork: MediaImage[]}} parts.shown
 * @param {{play: () => void, pause: () => void, jump: (seconds: number) => void, jumpTo: (seconds: number) => void}} parts.actions
 * @param {number} parts.step seconds
 * @returns {() => void} takes the controls away again
 */
export function takeControls({ session, metadata, media, shown, actions, step }) {
  if (!session) return () => {};
  session.metadata = metadata({
    title: shown.title,
    album: shown.week,
    artist: shown.artist,
    artwork: shown.artwork,
  });
  const handlers = {
    play: actions.play,
    pause: actions.pause,
    stop: actions.pause,
    seekbackward: (details) => actions.jump(-(details.seekOffset || step)),
    seekforward: (details) => actions.jump(details.seekOffset || step),
    previoustrack: () => actions.jump(-step),
    nexttrack: () => actions.jump(step),
    seekto: (details) => actions.jumpTo(details.seekTime),
  };
  for (const [name, handler] of Object.entries(handlers)) handle(session, name, handler);
  const tell = () => tellPosition(session, media);
  const told = ["loadedmetadata", "playing", "pause", "seeked", "ratechange"];
  for (const name of told) media.addEventListener(name, tell);
  return () => {
    for (const name of told) media.removeEventListener(name, tell);
    for (const name of Object.keys(handlers)) handle(session, name, null);
    session.playbackState = "none";
    session.metadata = null;
  };
}

/** A browser refuses the actions that it does not know. */
function handle(session, name, handler) {
  try {
    session.setActionHandler(name, handler);
  } catch {
    // It has no such button, so none is missing.
  }
}

function tellPosition(session, media) {
  session.playbackState = media.paused ? "paused" : "playing";
  if (!Number.isFinite(media.duration) || !session.setPositionState) return;
  session.setPositionState({
    duration: media.duration,
    position: Math.min(media.currentTime, media.duration),
    playbackRate: media.playbackRate,
  });
}
