"""Course prose as a page shows it: Markdown in, safe HTML out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

LOWEST_HEADING = 4
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_TAGS = {
    "p", "h2", "h3", "h4", "em", "strong", "a", "ul", "ol", "li", "blockquote", "hr", "br", "code",
    "table", "thead", "tbody", "tr", "th", "td", "sup", "cite",
}  # fmt: skip


def to_html(markdown: str, *, under: int) -> SafeString:
    """Only what prose needs: no script, no style, no picture, no address but http, https and mailto.

    under  level of the page's own heading above it; the text's highest headings come right below,
           so that whoever goes from heading to heading misses none
    """
    tokens = _MARKDOWN.parse(markdown)
    _place_headings(tokens, under=under)
    rendered = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    clean = nh3.clean(
        rendered, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )
    return mark_safe(clean)


def _place_headings(tokens: Sequence[Token], *, under: int) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + under + 1, LOWEST_HEADING)}"


def plain_opening(markdown: str) -> str:
    """The first paragraph as plain words."""
    paragraphs = (
        block for block in markdown.split("\n\n") if block.strip() and not block.lstrip().startswith("#")
    )
    first = " ".join(next(paragraphs, "").split())
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", first).replace("*", "").replace("_", "")
