"""The file with everything held about somebody: how it says what it is, and how a brought one is read.

    {"heartwood": {"format": 1, "made_at": "…"}, "people": {…}, "practices": {…}, …}

`format` grows when a reader of before would misread what is new. What only adds
to a room's part does not raise it: an older server names what it does not know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from heartwood.errors import HeartwoodError

FORMAT = 1
HEAD = "heartwood"
LARGEST_MB = 20
LARGEST = LARGEST_MB * 1024 * 1024
_MAY_HOLD_BROKEN_SIGNS = re.compile(rb"\\u(d[89a-f]|0000)", re.IGNORECASE)


class Refused(HeartwoodError):
    """The file cannot be brought in. Nothing of it was stored."""


@dataclass(frozen=True, slots=True)
class Luggage:
    """What a file holds: by room, then by kind."""

    made_at: datetime
    rooms: Mapping[str, Mapping[str, Any]]


def pack(held: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """Everything held, with what the file is in front."""
    return {HEAD: {"format": FORMAT, "made_at": at.isoformat()}, **held}


def unpack(raw: bytes) -> Luggage:
    """What a file holds. Raises Refused, in a sentence for whoever brings it."""
    if len(raw) > LARGEST:
        raise too_large()
    told = _json(raw)
    head = told.pop(HEAD, None) if isinstance(told, dict) else None
    if not isinstance(head, dict) or not all(isinstance(room, dict) for room in told.values()):
        raise Refused(
            _(
                "This file is not one that Heartwood made. Take everything with you (JSON) "
                "on the other server, and bring that file."
            )
        )
    _check_format(head.get("format"))
    return Luggage(_moment(head.get("made_at")), told)


def too_large() -> Refused:
    return Refused(
        _("This file is larger than %(size)d MB, and no more can be brought in at once. Nothing was stored.")
        % {"size": LARGEST_MB}
    )


def _json(raw: bytes) -> Any:
    if raw.lstrip()[:1] == b"<":
        raise Refused(_("This is the page for reading. Bring the other file: everything held, as JSON."))
    try:
        told = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError as error:
        raise Refused(_("This file is not one that Heartwood made: it is nested too deep.")) from error
    except json.JSONDecodeError as error:
        raise Refused(_why_no_json(error)) from error
    except ValueError as error:
        raise Refused(_("This file is no JSON. Bring the file with everything held, as JSON.")) from error
    return _whole_signs(told) if _MAY_HOLD_BROKEN_SIGNS.search(raw) else told


def _why_no_json(error: json.JSONDecodeError) -> str:
    if error.doc[error.pos :].strip() == "" or error.msg.startswith("Unterminated"):
        return _("This file ends too soon: a part of it is missing. Take it from the other server once more.")
    return _("This file is no JSON from line %(line)d on. Take it from the other server once more.") % {
        "line": error.lineno
    }


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _check_format(told: Any) -> None:
    if not isinstance(told, int) or isinstance(told, bool) or told < 1:
        raise Refused(_("This file does not say in which format it is. Take it from the other server anew."))
    if told > FORMAT:
        raise Refused(
            _(
                "This file was made by a newer Heartwood (format %(told)d; this server reads up to "
                "%(known)d). Ask whoever runs this server to bring it up to date, and bring the file again."
            )
            % {"told": told, "known": FORMAT}
        )


def _moment(told: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(told)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused(_("This file does not say when it was made. Take it from the other server anew."))
    return moment


def _whole_signs(told: Any) -> Any:
    """The same without signs cut in half and without NUL, which no database takes."""
    if isinstance(told, str):
        return told.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    if isinstance(told, list):
        return [_whole_signs(one) for one in told]
    if isinstance(told, dict):
        return {_whole_signs(name): _whole_signs(one) for name, one in told.items()}
    return told
