"""How speech, silence and bells become one continuous sound file.

Heavy (numpy, PyAV, the voice): only ever imported by the command line and by the child
processes that the worker starts, never by the process that answers requests.
"""

from heartwood.practice.renderings import RENDERER_VERSION
from heartwood.sound.rendering import render
from heartwood.sound.spoken import Speaker, spoken_lengths
from heartwood.sound.voices import VOICE_NAMES, Voice, voice, voices_here

__all__ = [
    "RENDERER_VERSION",
    "VOICE_NAMES",
    "Speaker",
    "Voice",
    "render",
    "spoken_lengths",
    "voice",
    "voices_here",
]
