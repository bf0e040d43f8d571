"""AAC by stretches: what sounds is encoded on every core, and silence not at all.

A frame of AAC depends on its neighbours only by half, and silence leaves nothing behind in an
encoder. So between two stretches that sound every frame of silence is the same few bytes, and each
stretch has an encoder of its own. What comes out does not depend on how many cores there are.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from functools import cache

import av
import numpy as np

from heartwood.sound.samples import RATE, Wave

FRAME = 1024
"""Samples in one frame. A file of so many frames has one packet more, which comes before them all."""

EDGE = 8
"""Silent frames that a stretch keeps at either side, so that its encoder begins and ends at rest."""

_MOST_WAITING = 6


class Stretches:
    """Takes a sound piece by piece and muxes its packets; little more than a stretch is kept in memory."""

    def __init__(self, container: av.container.OutputContainer, stream: av.AudioStream) -> None:
        self._container, self._stream = container, stream
        self._bit_rate = int(stream.bit_rate or 0)
        self._workers = ThreadPoolExecutor(os.cpu_count() or 1)
        self._waiting: deque[Future[list[bytes]] | int] = deque()
        self._rest = np.zeros(0, np.float32)
        self._stretch: list[Wave] = []
        self._quiet = self._samples = self._muxed = 0
        self._last = b""

    def write(self, piece: Wave) -> None:
        self._samples += len(piece)
        samples = np.concatenate([self._rest, piece])
        whole = len(samples) // FRAME * FRAME
        self._take(samples[:whole].reshape(-1, FRAME))
        self._rest = samples[whole:]

    def close(self) -> None:
        self._take(np.pad(self._rest, (0, -len(self._rest) % FRAME)).reshape(-1, FRAME))
        self._end_stretch()
        self._wait(self._quiet)
        self._mux_down_to(0)
        self._mux(self._last, self._samples - max(0, self._muxed - 1) * FRAME)
        self.abandon()

    def abandon(self) -> None:
        """Let go of what is not encoded yet."""
        self._workers.shutdown(cancel_futures=True)

    def _take(self, frames: Wave) -> None:
        for part in _runs(frames):
            if not part.any():
                self._quiet += len(part)
                continue
            if self._quiet > 2 * EDGE:
                self._end_stretch()
            if not self._stretch:
                before = min(EDGE, self._quiet)
                self._wait(self._quiet - before)
                self._quiet = before
            self._stretch += [_silent(self._quiet), part.reshape(-1)]
            self._quiet = 0

    def _end_stretch(self) -> None:
        """With silence at its end, as far as there is any."""
        if self._stretch:
            after = min(EDGE, self._quiet)
            sound = np.concatenate([*self._stretch, _silent(after)])
            self._stretch, self._quiet = [], self._quiet - after
            self._waiting.append(self._workers.submit(encoded, sound, self._bit_rate))
            self._mux_down_to(_MOST_WAITING)

    def _wait(self, silent_frames: int) -> None:
        if silent_frames:
            self._waiting.append(silent_frames)

    def _mux_down_to(self, left: int) -> None:
        while len(self._waiting) > left:
            for packet in self._packets(self._waiting.popleft()):
                self._mux(packet, FRAME)

    def _packets(self, part: Future[list[bytes]] | int) -> Iterator[bytes]:
        """As many packets as the part has frames; what overlaps with the next part is that one's first."""
        if isinstance(part, int):
            self._last = silent_packet(self._bit_rate)
            yield from (self._last for _ in range(part))
        else:
            *packets, self._last = part.result()
            yield from packets

    def _mux(self, content: bytes, samples: int) -> None:
        packet = av.Packet(content)
        packet.stream, packet.time_base = self._stream, Fraction(1, RATE)
        packet.pts = packet.dts = (self._muxed - 1) * FRAME
        packet.duration = samples
        self._muxed += 1
        self._container.mux(packet)


def encoded(sound: Wave, bit_rate: int) -> list[bytes]:
    """The packets of whole frames, one more than there are frames."""
    context = av.CodecContext.create("aac", "w")
    context.sample_rate, context.layout, context.format = RATE, "mono", "fltp"
    context.time_base, context.bit_rate = Fraction(1, RATE), bit_rate
    context.flags |= int(av.codec.context.Flags.bitexact)
    frame = av.AudioFrame.from_ndarray(
        np.ascontiguousarray(sound).reshape(1, -1), format="fltp", layout="mono"
    )
    frame.sample_rate, frame.pts = RATE, 0
    return [bytes(packet) for packet in (*context.encode(frame), *context.encode(None))]


@cache
def silent_packet(bit_rate: int) -> bytes:
    return encoded(_silent(EDGE), bit_rate)[EDGE // 2]


def _silent(frames: int) -> Wave:
    return np.zeros(frames * FRAME, np.float32)


def _runs(frames: Wave) -> Iterator[Wave]:
    """The frames in order, cut wherever sound begins or ends."""
    sounds = frames.any(axis=1)
    yield from (part for part in np.split(frames, np.flatnonzero(np.diff(sounds)) + 1) if len(part))
