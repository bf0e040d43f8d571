"""Further pages of a course: what gets in the way, the library, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from heartwood.curriculum import Source, Text
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.prose import Note, PageProse, plain_opening
from heartwood.web.library import queries as library
from heartwood.web.today.queries.own import Link, in_the_way_url


@dataclass(frozen=True, slots=True)
class TextPage:
    """role: what it is for, as the course says; empty for a page without one."""

    title: str
    role: str
    html: SafeString
    notes: tuple[Note, ...]


def text_page(path: Enrolment, name: str) -> TextPage | None:
    course = library.course_of(path.course_version.hash).course
    if name not in course.texts:
        return None
    prose, text = PageProse(course.sources), course.texts[name]
    html = prose.html(text.markdown, under=1)
    role = next((role for role, names in course.roles.items() if name in names), "")
    return TextPage(text.title, role, html, prose.notes)


def text_links(texts: Mapping[str, Text]) -> tuple[Link, ...]:
    return tuple(
        Link(text.title, reverse("today:text", args=[name]), plain_opening(text.markdown))
        for name, text in texts.items()
    )


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """What to read and why, and every source of the course in order of its authors."""

    texts: tuple[tuple[str, SafeString], ...]
    notes: tuple[Note, ...]


def library_page(path: Enrolment) -> LibraryPage:
    course = library.course_of(path.course_version.hash).course
    prose = PageProse(course.sources)
    texts = tuple(
        (text.title, prose.html(text.markdown, under=2)) for text in course.texts_of("library").values()
    )
    places = {note.source.key: note.place for note in prose.notes}
    sources = sorted(course.sources.values(), key=_by_author)
    return LibraryPage(texts, tuple(Note(source, places.get(source.key, "")) for source in sources))


def _by_author(source: Source) -> tuple[str, int]:
    return source.authors.lstrip("(").casefold(), source.year or 0


@dataclass(frozen=True, slots=True)
class MorePage:
    welcome: tuple[Link, ...]
    choosing: tuple[Link, ...]
    other: tuple[Link, ...]
    in_the_way_url: str
    has_library: bool


def more_page(path: Enrolment) -> MorePage:
    course = library.course_of(path.course_version.hash).course
    return MorePage(
        welcome=text_links(course.texts_of("welcome")),
        choosing=text_links(course.texts_of("choosing")),
        other=text_links(course.texts_without_role),
        in_the_way_url=in_the_way_url(course),
        has_library=bool(course.texts_of("library") or course.sources),
    )
