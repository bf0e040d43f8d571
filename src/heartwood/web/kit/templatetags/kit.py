"""What the page frame needs: the import map, the ways through the site, and the signs."""

from __future__ import annotations

import json
from functools import cache

from django import template
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.context import Context
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heartwood.web.kit import secure, signs
from heartwood.web.kit.ground import Ground
from heartwood.web.kit.words import described

register = template.Library()

WAYS = (
    ("/today/", gettext_lazy("Today")),
    ("/weeks/", gettext_lazy("Weeks")),
    ("/journal/", gettext_lazy("Journal")),
    ("/sittings/", gettext_lazy("History")),
    ("/settings/", gettext_lazy("Settings")),
)


@register.simple_tag(takes_context=True)
def import_map(context: Context) -> str:
    """Lead each module's plain address to the file that carries its hash.

    Modules import each other by plain relative addresses; the browser looks
    them up here. Empty where files carry no hash (tests).
    """
    entries = _hashed_modules()
    nonce = getattr(context.get("request"), "csp_nonce", "")
    if not entries:
        return ""
    return format_html('<script type="importmap" nonce="{}">{}</script>', str(nonce), mark_safe(entries))


@cache
def _hashed_modules() -> str:
    """The map as JSON, of every room's modules; empty when nothing is hashed."""
    rooms = {room.label for room in apps.get_app_configs() if room.name.startswith("heartwood.web.")}
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    url = settings.STATIC_URL
    imports = {
        url + plain: url + file
        for plain, file in sorted(hashed.items())
        if plain.endswith(".js") and plain.split("/")[0] in rooms
    }
    return json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c") if imports else ""


@register.simple_tag(takes_context=True)
def ways(context: Context) -> list[tuple[str, str, bool]]:
    """The ways through the site that exist: (address, name, whether one is there now)."""
    here = getattr(context.get("request"), "path", "")
    return [(path, str(name), here.startswith(path)) for path, name in WAYS if _exists(path)]


@register.simple_tag
def house_pages() -> list[tuple[str, str]]:
    """The pages about this house that its footer leads to: (address, name)."""
    named = [("/privacy/", _("Privacy"))]
    named += [("/imprint/", _("Imprint"))] if getattr(settings, "IMPRINT", "") else []
    named += [("/terms/", _("Terms of use"))] if getattr(settings, "TERMS", "") else []
    return [(address, name) for address, name in named if _exists(address)]


@cache
def _exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


@register.simple_tag(takes_context=True)
def insecure_words(context: Context) -> str:
    """What to say of an address without https; empty where nothing is missing."""
    request = context.get("request")
    return "" if request is None or secure.is_trusted(request) else secure.words()


@register.simple_tag
def mark() -> SafeString:
    """The small sign beside the name."""
    return _MARK


@register.simple_tag
def rings(*, lit: int, of: int = signs.RINGS, label: str = "") -> SafeString:
    """`{% rings lit=3 %}`"""
    return mark_safe(signs.rings(lit=lit, of=of, label=label))


@register.simple_tag
def plant(*, seed: object, pairs: int, ground: Ground = signs.BARE, rests: bool = False) -> SafeString:
    """`{% plant seed=person.id pairs=week %}`: a pair of leaves for each week, and what grows around it."""
    label = described(pairs, ground, rests=rests)
    return mark_safe(signs.plant(seed=str(seed), pairs=pairs, label=label, ground=ground, rests=rests))


_MARK = mark_safe(signs.mark())
