"""Pages about the house itself, open to anybody: what is kept, and who answers for it."""

from __future__ import annotations

from pathlib import Path

import nh3
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from heartwood.web.kit import disclosure

LOWEST_HEADING = 6


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Made from what the rooms say they keep."""
    context = {
        "sections": disclosure.sections(),
        "backup_days": settings.BACKUP_DAYS,
        "organisation": settings.ORGANISATION,
        "contact": settings.CONTACT,
        "on_postgresql": connection.vendor == "postgresql",
        "mail_is_set_up": bool(settings.MAIL.host),
    }
    return render(request, "people/privacy.html", context)


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return _operators_page(request, settings.IMPRINT, title=_("Imprint"))


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return _operators_page(request, settings.TERMS, title=_("Terms of use"))


def _operators_page(request: HttpRequest, place: str, *, title: str) -> HttpResponse:
    """A page of the operator's own: their address elsewhere, or a Markdown file beside the settings."""
    if not place:
        raise Http404
    if place.startswith(("http://", "https://")):
        return HttpResponseRedirect(place)
    try:
        words = Path(place).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return render(request, "people/house.html", {"title": title}, status=503)
    return render(request, "people/house.html", {"title": title, "words": _as_html(words)})


def _as_html(markdown: str) -> SafeString:
    """Prose with its headings below the page's own; no script, style or picture gets through."""
    reader = MarkdownIt("commonmark", {"html": False})
    tokens = reader.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, LOWEST_HEADING)}"
    html = reader.renderer.render(tokens, reader.options, {})
    return mark_safe(
        nh3.clean(html, tags=nh3.ALLOWED_TAGS - {"img"}, url_schemes={"http", "https", "mailto", "tel"})
    )
