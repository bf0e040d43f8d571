"""How long each line of a script takes in a voice, remembered line by line.

What is remembered is bound to the voice, its version and the words: one changed comma
costs one line, not a voice.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path
from uuid import uuid4

from heartwood.practice.promise import cues
from heartwood.practice.script import Script
from heartwood.sound.voices import Voice


def spoken_lengths(script: Script, voice: Voice, *, cache: Path | None = None) -> dict[str, int]:
    """Milliseconds of every cue by its id, rounded up; a repeated cue is spoken once for all rounds.

    cache  a folder that keeps the lengths, one small file for each line; made when missing
    """
    return {cue.id: _remembered(cue.text, voice, cache) for cue in cues(script)}


def text_hash(text: str) -> str:
    """What a remembered line is bound to: SHA-256 of its words, composed (NFC)."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def _remembered(text: str, voice: Voice, cache: Path | None) -> int:
    if cache is None:
        return voice.milliseconds(text)
    place = cache / f"{voice.name}-{voice.version}" / f"{text_hash(text)}.ms"
    known = _kept(place)
    if known is None:
        known = voice.milliseconds(text)
        _keep(place, known)
    return known


def _kept(place: Path) -> int | None:
    try:
        length = int(place.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return length if length > 0 else None


def _keep(place: Path, length: int) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{uuid4().hex}.draft")
    draft.write_text(str(length))
    os.replace(draft, place)
