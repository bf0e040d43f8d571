"""Sources: what is claimed is cited, what is cited is listed, and what is listed can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heartwood.content.findings import Findings
from heartwood.content.rules.manuscript import Manuscript, Remark
from heartwood.content.tables import Table, read_table

LIBRARY = "library.toml"
CITATION = re.compile(r"\]\(cite:([^)\s]*)\)")
_SEEKER = (
    r"(?:stud(?:y|ies)|research|researchers|trials?|science|scientists|evidence|reviews?|meta-analys[ie]s)"
)
_FINDS = (
    r"(?:shows?|showed|shown|finds?|found|proves?|suggests?|suggested|says?|confirms?|confirmed|tells? us)"
)
_LESS_OR_MORE = r"(?:reduc|lower|decreas|improv|boost|strengthen|increas|reliev)(?:e|es|ed|s|ing)?"
_OUTCOME = (
    r"(?:stress|anxiety|depression|pain|blood pressure|immun\w+|sleep|mood"
    r"|well-?being|happiness|resilience|burnout)"
)
CLAIM = re.compile(
    rf"\b{_SEEKER}\b (?:\w+ ){{0,3}}?{_FINDS}\b"
    rf"|\bit (?:has been|was|is) (?:\w+ )?shown\b"
    rf"|\b{_LESS_OR_MORE} (?:\w+ ){{0,2}}?{_OUTCOME}\b"
    r"|\d ?(?:%|per cent|percent)\B"
    r"|\d (?:per cent|percent)\b",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ADDRESS = re.compile(r"https?://[\w-]+(\.[\w-]+)+(/\S*)?$")
_SHORTENED = re.compile(r"https?://(?:www\.)?(?:bit\.ly|t\.co|tinyurl\.com|goo\.gl|ow\.ly|is\.gd)/")


def claims_without_citation(manuscript: Manuscript) -> Iterator[Remark]:
    """A paragraph that says what was found, or what something does, and cites nothing."""
    for path, paragraph in manuscript.paragraphs():
        match = CLAIM.search(paragraph.plain)
        if match and not CITATION.search(paragraph.text):
            yield (
                path,
                paragraph.line,
                f"'{match[0]}' is a claim without a source. Cite one, as in [words](cite:key), "
                "or say it as your own experience.",
            )


def unknown_citations(manuscript: Manuscript) -> Iterator[Remark]:
    """A citation whose key stands in no source of library.toml."""
    known = {table.values.get("key") for table in _sources(manuscript)}
    for path, text in manuscript.texts():
        for match in CITATION.finditer(text):
            if match[1] not in known:
                line = text.count("\n", 0, match.start()) + 1
                yield path, line, f"There is no source '{match[1]}' in {LIBRARY}. Add it, or mend the key."


def sources_without_address(manuscript: Manuscript) -> Iterator[Remark]:
    """A source that could not be found again: no DOI and no stable address."""
    for table in _sources(manuscript):
        key, doi, url = (str(table.values.get(name, "")) for name in ("key", "doi", "url"))
        if doi and not _DOI.fullmatch(doi):
            yield (
                LIBRARY,
                table.line("doi"),
                f"'{doi}' is no DOI. Write it as 10.1000/182, without an address.",
            )
        elif url and (not _ADDRESS.fullmatch(url) or _SHORTENED.match(url)):
            yield LIBRARY, table.line("url"), f"'{url}' is no lasting address. Write the page's own, in full."
        elif not doi and not url:
            yield LIBRARY, table.line("key"), f"'{key}' has neither doi nor url. Add one of the two."


def _sources(manuscript: Manuscript) -> list[Table]:
    text = manuscript.files.get(LIBRARY, "")
    table = read_table(LIBRARY, text, Findings())
    return table.tables("source") if table else []
