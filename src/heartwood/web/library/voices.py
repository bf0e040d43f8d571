"""The voices of this server: those that come with Heartwood, and an operator's Piper voice.

The program itself is only ever called by a child process. Here is known what is configured, and
whether it could speak of late.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from heartwood.practice.renderings import BELLS, BUILT_IN, PIPER, VOICES, VoiceCard
from heartwood.web.library.models import Rendering

RESTS_FOR = timedelta(minutes=10)
"""So long after it could not speak nobody waits for the Piper voice."""

SECONDS_A_LINE = 20


def default_voice() -> str:
    """The built-in voice, or bells only on a machine for which there is no speech."""
    return BUILT_IN if find_spec("py_nanotts") else BELLS


def card(name: str) -> VoiceCard | None:
    """The voice of this name; None where there is no such voice here."""
    return piper() if name == PIPER else VOICES.get(name)


def names() -> tuple[str, ...]:
    return (*VOICES, PIPER) if settings.PIPER else tuple(VOICES)


def on_offer(language: str) -> tuple[str, ...]:
    """What can be chosen for a course in this language; nothing where there is no choice."""
    spoken = language.partition("-")[0]
    own = (found.name,) if (found := piper()) and found.language.partition("-")[0] == spoken else ()
    usual = () if default_voice() == BELLS else (BUILT_IN,)
    return (*usual, *own, BELLS) if usual or own else ()


def piper() -> VoiceCard | None:
    """The operator's voice, named for its model's own bytes; None where none is set, or none can be read."""
    told = settings.PIPER
    if not told:
        return None
    try:
        model = Path(told["model"])
        kept = model.stat()
        version = _version(model, kept.st_mtime_ns, kept.st_size)
    except OSError:
        return None
    return VoiceCard(PIPER, version, told["language"], consent=told["consent"])


def piper_job(version: str) -> dict[str, Any]:
    """What the child process is told of it."""
    return {**settings.PIPER, "version": version, "seconds": SECONDS_A_LINE}


def piper_rests(*, at: datetime) -> bool:
    """Whether the Piper voice cannot be waited for: it is not there, or could not speak just now."""
    found = piper()
    return (
        found is None
        or Rendering.objects.filter(
            voice=PIPER,
            voice_version=found.version,
            state=Rendering.State.FAILED,
            touched_at__gte=at - RESTS_FOR,
        ).exists()
    )


@lru_cache(maxsize=4)
def _version(model: Path, changed_ns: int, size: int) -> str:
    with model.open("rb") as file:
        return f"piper-{file_digest(file, 'sha256').hexdigest()[:16]}"
