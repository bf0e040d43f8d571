"""Course prose as a page shows it: Markdown in, safe HTML out."""

from __future__ import annotations

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_TAGS = {
    "p", "h2", "h3", "h4", "em", "strong", "a", "ul", "ol", "li", "blockquote", "hr", "br", "code",
    "table", "thead", "tbody", "tr", "th", "td", "sup", "cite",
}  # fmt: skip


def to_html(markdown: str) -> SafeString:
    """Only what prose needs: no script, no style, no picture, no address but http, https and mailto."""
    rendered = _MARKDOWN.render(markdown)
    clean = nh3.clean(
        rendered, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )
    return mark_safe(clean)


def plain_opening(markdown: str) -> str:
    """The first paragraph as plain words."""
    paragraphs = (
        block for block in markdown.split("\n\n") if block.strip() and not block.lstrip().startswith("#")
    )
    first = " ".join(next(paragraphs, "").split())
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", first).replace("*", "").replace("_", "")
