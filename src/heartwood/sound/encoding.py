"""AAC, or Opus, in MP4: written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Protocol, cast
from uuid import uuid4

import av
import numpy as np

from heartwood.errors import NoRoom, SoundError
from heartwood.practice.choices import Codec
from heartwood.sound.samples import RATE, Wave
from heartwood.sound.stretches import Stretches

CODECS = {Codec.AAC: ("aac", 64_000), Codec.OPUS: ("libopus", 32_000)}

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

_OPTIONS = {
    "movflags": "+faststart",
    # The length is kept in samples, not in milliseconds, so that every player sees it exactly.
    "movie_timescale": str(RATE),
    "fflags": "+bitexact",
}


class Encoder(Protocol):
    """Takes a sound piece by piece; little more than the piece in hand is kept in memory."""

    def write(self, piece: Wave) -> None: ...

    def close(self) -> None: ...

    def abandon(self) -> None:
        """Let go of what is not encoded yet."""


class Continuous:
    """Encodes piece after piece."""

    def __init__(self, container: av.container.OutputContainer, stream: av.AudioStream) -> None:
        self._container, self._stream = container, stream
        self._written = 0

    def write(self, piece: Wave) -> None:
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(piece, np.float32).reshape(1, -1), format="fltp", layout="mono"
        )
        frame.sample_rate = RATE
        frame.pts = self._written
        self._written += len(piece)
        self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        self._container.mux(self._stream.encode(None))

    def abandon(self) -> None:
        """Nothing waits."""


def _inside(container: av.container.OutputContainer, codec: Codec) -> Encoder:
    name, bit_rate = CODECS[codec]
    stream = cast(av.AudioStream, container.add_stream(name, rate=RATE, layout="mono"))
    stream.bit_rate = bit_rate
    stream.codec_context.flags |= int(av.codec.context.Flags.bitexact)
    return Stretches(container, stream) if codec is Codec.AAC else Continuous(container, stream)


@contextmanager
def encoder(path: Path, codec: Codec = Codec.AAC) -> Iterator[Encoder]:
    """An encoder whose file appears at `path` when all went well: flushed to disk, then renamed.

    What a maker that was killed left half written for this path is removed first.
    """
    draft = path.with_name(f".{path.name}.{uuid4().hex}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for left_behind in path.parent.glob(f".{escape(path.name)}.*.draft"):
            left_behind.unlink(missing_ok=True)
        with av.open(str(draft), "w", format="mp4", options=_OPTIONS) as container:
            inside = _inside(container, codec)
            try:
                yield inside
                inside.close()
            finally:
                inside.abandon()
        _flush(draft)
        os.replace(draft, path)
        _flush(path.parent)
    except (OSError, av.error.FFmpegError) as failure:
        if failure.errno in _FULL:
            raise NoRoom(
                f"There is no room left on the disk for {path.name}. It is made later, when there is room."
            ) from failure
        raise SoundError(
            f"The sound file {path} could not be written ({failure}). "
            "Give a place that can be written to and has room."
        ) from failure
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
