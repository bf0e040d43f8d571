"""How speech, silence and bells become one continuous sound file.

Heavy (numpy, PyAV, the voice): only ever imported by the command line and by the child
processes that the worker starts, never by the process that answers requests.
"""

from heartwood.sound.rendering import RENDERER_VERSION, render
from heartwood.sound.spoken import spoken_lengths
from heartwood.sound.voices import VOICE_NAMES, Voice, voice

__all__ = ["RENDERER_VERSION", "VOICE_NAMES", "Voice", "render", "spoken_lengths", "voice"]
