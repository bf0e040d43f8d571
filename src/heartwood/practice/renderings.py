"""What a sound file is made of, known without loading anything that makes sound.

The process that answers requests builds keys from these names and versions; only the
child process that renders ever loads the voice itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

RENDERER_VERSION = "4"
"""Changes whenever the same timeline in the same voice would sound different."""

BUILT_IN = "built-in"
BELLS = "bells"
PIPER = "piper"

SYNTHETIC = "A voice made by a machine: SVOX Pico, free under the Apache licence. Nobody's voice was copied."


@dataclass(frozen=True, slots=True)
class VoiceCard:
    """A voice as it is chosen, known without loading it.

    version   changes whenever a line would sound different or last longer
    language  what it speaks, as in `en`; empty where it says nothing and so fits every course
    consent   whose voice it is, and what they agreed to
    """

    name: str
    version: str
    language: str
    accent: str = ""
    consent: str = ""


def _pico(accent: str) -> VoiceCard:
    name = BUILT_IN if accent == "en-US" else f"{BUILT_IN}-{accent}"
    return VoiceCard(name, f"pico-0.1.1-{accent}-3", accent.partition("-")[0], accent, SYNTHETIC)


VOICES = MappingProxyType(
    {
        card.name: card
        for card in (
            *(_pico(accent) for accent in ("en-US", "en-GB", "es-ES", "fr-FR", "de-DE", "it-IT")),
            VoiceCard(BELLS, "reading-110", ""),
        )
    }
)
"""The voices that come with Heartwood. An operator's Piper voice is described by the operator's settings."""

VOICE_VERSIONS = MappingProxyType({name: card.version for name, card in VOICES.items()})


def voices_for(language: str) -> tuple[VoiceCard, ...]:
    """The voices that can say a course in this language, bells only last."""
    return tuple(card for card in VOICES.values() if card.language in (language, ""))
