"""The plant in words, for whoever does not see it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heartwood.web.kit.ground import Ground

A_FEW, MANY = 2, 12


def described(pairs: int, ground: Ground, *, rests: bool) -> str:
    """The plant, then what grows around it; amounts as the eye takes them in, never counted."""
    around = [_grass(ground.blades), _flowers(ground.flowers), _stones(ground.stones)]
    named = [words for words in around if words]
    words = _plant(pairs)
    if named:
        words = _("%(plant)s. Around it: %(signs)s") % {"plant": words, "signs": ", ".join(named)}
    return _("%(plant)s. It rests.") % {"plant": words} if rests else words


def _plant(pairs: int) -> str:
    if pairs < 1:
        return _("A seed in the earth")
    return ngettext(
        "A young plant with one pair of leaves", "A young plant with %(pairs)s pairs of leaves", pairs
    ) % {"pairs": pairs}


def _grass(count: int) -> str:
    return _amount(count, _("a blade of grass"), _("some grass"), _("thick grass"))


def _flowers(count: int) -> str:
    return _amount(count, _("a flower"), _("some flowers"), _("many flowers"))


def _stones(count: int) -> str:
    return _amount(count, _("a smooth stone"), _("some smooth stones"), _("many smooth stones"))


def _amount(count: int, one: str, few: str, many: str) -> str:
    if count < 1:
        return ""
    return one if count < A_FEW else few if count < MANY else many
