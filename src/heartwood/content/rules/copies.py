"""Copies: no run of twelve words stands in two texts, unless it is marked as a refrain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heartwood.content.rules.manuscript import Manuscript, Remark
from heartwood.content.rules.prose import paragraphs, words

RUN = 12
MOST_REFRAIN_WORDS = 60
_BREAK = ""


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    at: int


@dataclass(frozen=True, slots=True)
class _Stream:
    """The words of a text in order, without case, each with its line; a break where no run goes on."""

    path: str
    words: list[str]
    lines: list[int]


def copied_runs(manuscript: Manuscript) -> Iterator[Remark]:
    """A run of words of one text that stands in an earlier one, told once, as long as it is."""
    refrains = [run for _, run in _refrains(manuscript)]
    met: dict[tuple[str, ...], _Place] = {}
    streams: dict[str, _Stream] = {}
    for path, text in manuscript.texts():
        if path == _refrains_path(manuscript):
            continue
        stream = streams[path] = _stream(path, text, refrains)
        yield from _runs_met_before(stream, met, streams, _refrains_path(manuscript))
        for at, run in _windows(stream.words):
            met.setdefault(run, _Place(path, at))


def too_many_refrains(manuscript: Manuscript) -> Iterator[Remark]:
    """Refrains that together have sixty words or more."""
    total = sum(len(run) for _, run in _refrains(manuscript))
    if total >= MOST_REFRAIN_WORDS:
        yield (
            _refrains_path(manuscript),
            1,
            f"All refrains together have {total} words. Keep them under {MOST_REFRAIN_WORDS}.",
        )


def _refrains_path(manuscript: Manuscript) -> str:
    return f"refrains.{manuscript.language}.md"


def _refrains(manuscript: Manuscript) -> list[tuple[int, list[str]]]:
    text = manuscript.files.get(_refrains_path(manuscript), "")
    return [(p.line, [word.lower() for word in words(p.plain)]) for p in paragraphs(text)]


def _stream(path: str, text: str, refrains: Sequence[list[str]]) -> _Stream:
    found: list[str] = []
    lines: list[int] = []
    for paragraph in paragraphs(text):
        if paragraph.row:
            found.append(_BREAK)
            lines.append(paragraph.line)
        spoken = [word.lower() for word in words(paragraph.plain)]
        found += spoken
        lines += [paragraph.line] * len(spoken)
    for refrain in refrains:
        _silence(found, refrain)
    return _Stream(path, found, lines)


def _silence(found: list[str], refrain: Sequence[str]) -> None:
    """Put breaks where the refrain stands."""
    length = len(refrain)
    at = 0
    while length and at <= len(found) - length:
        if found[at] == refrain[0] and found[at : at + length] == list(refrain):
            found[at : at + length] = [_BREAK] * length
            at += length
        else:
            at += 1


def _windows(found: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every run of twelve words without a break, with its place."""
    unbroken = 0
    for at, word in enumerate(found):
        unbroken = unbroken + 1 if word else 0
        if unbroken >= RUN:
            yield at - RUN + 1, tuple(found[at - RUN + 1 : at + 1])


def _runs_met_before(
    stream: _Stream, met: dict[tuple[str, ...], _Place], streams: dict[str, _Stream], refrains_file: str
) -> Iterator[Remark]:
    told_until = 0
    for at, run in _windows(stream.words):
        place = met.get(run)
        if place is None or at < told_until:
            continue
        earlier = streams[place.path]
        length = _shared(stream.words[at:], earlier.words[place.at :])
        told_until = at + length
        yield (
            stream.path,
            stream.lines[at],
            f"These {length} words stand in {place.path}, line {earlier.lines[place.at]}, too: "
            f"'{' '.join(run)}'. Say it in other words, or mark it as a refrain in {refrains_file}.",
        )


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words the two have in common from their beginning."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b or not a), min(len(one), len(other)))
