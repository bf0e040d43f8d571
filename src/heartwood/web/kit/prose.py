"""Course prose as a page shows it: Markdown in, safe HTML out, with a note for each source it cites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from heartwood.curriculum import Source

LOWEST_HEADING = 4
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_TAGS = {
    "p", "h2", "h3", "h4", "em", "strong", "a", "ul", "ol", "li", "blockquote", "hr", "br", "code",
    "table", "thead", "tbody", "tr", "th", "td", "sup", "cite",
}  # fmt: skip
_CITE = "cite:"
_CITED = re.compile(r'<a href="#source-([a-z0-9-]+)"[^>]*>')
_LABEL = re.compile(r"<p><strong>([^<]*)</strong>")
_QUOTED = re.compile(r"(“[^”]*”)")


@dataclass(frozen=True, slots=True)
class Note:
    """A source at the foot of a page. place: the id of the first citation of it, to come back to."""

    source: Source
    place: str


class PageProse:
    """All the prose of one page: whatever its pieces cite stands once in one list of notes."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._places: dict[str, str] = {}
        self._citations = 0

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was cited so far, in the order of first citation."""
        return tuple(Note(self._sources[key], place) for key, place in self._places.items())

    def html(self, markdown: str, *, under: int) -> SafeString:
        """As `to_html`; `[words](cite:key)` leads to the note of its source, where there is one."""
        tokens = _MARKDOWN.parse(markdown)
        for token in tokens:
            token.children = _with_citations(token.children or [], self._sources)
        return mark_safe(_CITED.sub(self._citation, _clean(tokens, under=under)))

    def plan(self, markdown: str, *, under: int) -> SafeString:
        """The same for whoever looks down for ten seconds: labels stand out, and so do words to say."""
        labelled = _LABEL.sub(r'<p><strong class="plan__label">\1</strong>', self.html(markdown, under=under))
        return mark_safe(_QUOTED.sub(r'<span class="plan__say">\1</span>', labelled))

    def _citation(self, link: re.Match[str]) -> str:
        key = link[1]
        if key not in self._sources:
            return link[0]
        self._citations += 1
        place = f"cited-{self._citations}"
        self._places.setdefault(key, place)
        return f'<a class="cited" id="{place}" href="#source-{key}">'


def to_html(markdown: str, *, under: int) -> SafeString:
    """Only what prose needs: no script, no style, no picture, no address but http, https and mailto.

    under  level of the page's own heading above it; the text's highest headings come right below,
           so that whoever goes from heading to heading misses none
    """
    return PageProse({}).html(markdown, under=under)


def _clean(tokens: Sequence[Token], *, under: int) -> str:
    _place_headings(tokens, under=under)
    rendered = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(
        rendered, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )


def _with_citations(tokens: list[Token], sources: Mapping[str, Source]) -> list[Token]:
    """Links to known sources lead to their notes; the words of others stay without a link."""
    kept, is_unknown = [], False
    for token in tokens:
        cited = _cited_key(token)
        is_unknown = is_unknown or bool(cited and cited not in sources)
        if cited in sources:
            token.attrSet("href", f"#source-{cited}")
        if is_unknown and token.type in ("link_open", "link_close"):
            is_unknown = token.type == "link_open"
            continue
        kept.append(token)
    return kept


def _cited_key(token: Token) -> str:
    """The key that a link cites; empty for everything else."""
    address = str(token.attrGet("href") or "") if token.type == "link_open" else ""
    return address.removeprefix(_CITE) if address.startswith(_CITE) else ""


def _place_headings(tokens: Sequence[Token], *, under: int) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + under + 1, LOWEST_HEADING)}"


@lru_cache(maxsize=256)
def plain_opening(markdown: str) -> str:
    """The first paragraph as plain words; the first point of a list where there is no paragraph.

    Remembered, because Today asks for the same few openings on every visit.
    """
    tokens = _MARKDOWN.parse(markdown)
    paragraphs = [words for opens, words in pairwise(tokens) if opens.type == "paragraph_open"]
    paragraphs.sort(key=lambda words: words.level)
    return _plain(paragraphs[0]) if paragraphs else ""


def _plain(inline: Token) -> str:
    return " ".join("".join(_said(token) for token in inline.children or []).split())


def _said(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content
