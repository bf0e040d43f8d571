"""The kinds of messages that a person may decline, each under a name that people understand.

A kind that is not here is one somebody asked for, such as a code to sign in: it cannot be declined.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_optional: dict[str, Any] = {}


def register(kind: str, *, name: Any) -> None:
    """Make a kind known that each letter of it offers to stop; `name` is a translatable noun."""
    _optional[kind] = name


def optional() -> Mapping[str, Any]:
    return MappingProxyType(_optional)
