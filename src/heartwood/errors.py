"""What can go wrong, as one small family of errors.

Every message is a whole sentence that names the thing and the remedy, since it
is read by a teacher, an operator or somebody with a phone, not by a debugger.
"""

from __future__ import annotations

from pathlib import Path


class HeartwoodError(Exception):
    """Anything Heartwood refuses, in words fit to be shown as they are."""


class ContentError(HeartwoodError):
    """A course file says something that cannot be.

    path  the file, as the reader was given it
    line  counted from 1, or None when no single line is to blame
    """

    def __init__(self, message: str, *, path: Path | str, line: int | None = None) -> None:
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {message}")
        self.message = message
        self.path = Path(path)
        self.line = line


class ScriptError(HeartwoodError):
    """A script that cannot keep its own promise, whatever length is asked."""


class LengthError(HeartwoodError):
    """A length that this script cannot fill, or that is no length at all."""


class UnknownName(HeartwoodError):
    """A practice, voice, course or person asked for by a name that nothing bears."""


class SoundError(HeartwoodError):
    """Speech or encoding that could not be made."""


class NoRoom(SoundError):
    """The disk is full: it may go well later, with nothing changed."""


class SetupError(HeartwoodError):
    """The data folder, its keys or its database are not fit to start with."""
