"""What a sound file is made of, known without loading anything that makes sound.

The process that answers requests builds keys from these names and versions; only the
child process that renders ever loads the voice itself.
"""

from __future__ import annotations

from types import MappingProxyType

RENDERER_VERSION = "2"
"""Changes whenever the same timeline in the same voice would sound different."""

BUILT_IN = "built-in"
BELLS = "bells"

VOICE_VERSIONS = MappingProxyType({BUILT_IN: "pico-0.1.1-en-US-2", BELLS: "reading-110"})
"""Each voice with its version, which changes whenever a line would sound different or last longer."""
