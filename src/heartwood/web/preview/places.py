"""Where a preview looks, and where it puts its sounds."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """The course's folder, named by the command that started the preview."""
    return Path(os.environ["HEARTWOOD_PREVIEW"])


def sounds() -> Path:
    """Gone with the preview, as everything else it keeps."""
    return Path(settings.DATA) / "sounds"
