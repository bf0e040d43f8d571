"""A self-check before a tender week: plain statements, what each of them suggests, and no score."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

LEADS = ("go", "gentler", "wait", "help")
"""What a self-check may suggest, the most careful last."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A statement that may be so, and what it leads to: one of LEADS but the first."""

    id: str
    text: str
    leads: str


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """suggestions  the words for each of LEADS"""

    title: str
    opening: str
    signs: tuple[Sign, ...]
    suggestions: dict[str, str]

    def leads(self, ticked: Collection[str]) -> str:
        """The most careful of what the ticked statements suggest; "go" where none is ticked."""
        return max((sign.leads for sign in self.signs if sign.id in ticked), key=LEADS.index, default="go")
