"""A journal as files that last: Markdown, an EPUB 3 book, and JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from datetime import datetime
from html import escape
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from heartwood.web.practices.queries import JournalPage

MEDIA_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "epub": "application/epub+zip",
    "json": "application/json",
}


def as_markdown(pages: Sequence[JournalPage]) -> bytes:
    """Every page under its day; what was written stands as it is."""
    parts = [f"# {_('Journal')}"]
    for page in pages:
        parts.append(f"## {_heading(page)}")
        if page.prompt:
            parts.append(f"> {page.prompt}")
        parts.append(page.body)
        if page.tags:
            parts.append(" ".join(f"#{tag.replace(' ', '-')}" for tag in page.tags))
    return ("\n\n".join(parts) + "\n").encode()


def as_json(pages: Sequence[JournalPage]) -> bytes:
    told = [
        {
            "id": str(page.id),
            "kind": page.kind,
            "day": page.day.isoformat(),
            "written_at": page.written_at.isoformat(),
            "question": page.prompt,
            "tags": list(page.tags),
            "body": page.body,
        }
        for page in pages
    ]
    return json.dumps({"journal": told}, ensure_ascii=False, indent=2).encode()


def as_epub(pages: Sequence[JournalPage], *, identity: UUID, language: str, at: datetime) -> bytes:
    """A book of one chapter a page. identity: the same book keeps the same one."""
    book = io.BytesIO()
    with ZipFile(book, "w", ZIP_DEFLATED) as archive:
        _add(archive, "mimetype", "application/epub+zip", at, packed=ZIP_STORED)
        _add(archive, "META-INF/container.xml", _CONTAINER, at)
        _add(archive, "OEBPS/package.opf", _package(len(pages), identity, language, at), at)
        _add(archive, "OEBPS/nav.xhtml", _nav(pages, language), at)
        for number, page in enumerate(pages, 1):
            _add(archive, f"OEBPS/page-{number}.xhtml", _chapter(page, language), at)
    return book.getvalue()


def _add(archive: ZipFile, name: str, text: str, at: datetime, *, packed: int = ZIP_DEFLATED) -> None:
    entry = ZipInfo(name, date_time=at.timetuple()[:6])
    entry.compress_type = packed
    archive.writestr(entry, text.encode())


_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def _package(amount: int, identity: UUID, language: str, at: datetime) -> str:
    numbers = range(1, amount + 1)
    items = "\n".join(
        f'<item id="page-{n}" href="page-{n}.xhtml" media-type="application/xhtml+xml"/>' for n in numbers
    )
    spine = "".join(f'<itemref idref="page-{n}"/>' for n in numbers)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{identity}</dc:identifier>
<dc:title>{escape(_("Journal"))}</dc:title>
<dc:language>{language}</dc:language>
<meta property="dcterms:modified">{at:%Y-%m-%dT%H:%M:%SZ}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{items}
</manifest>
<spine><itemref idref="nav"/>{spine}</spine>
</package>
"""


def _nav(pages: Sequence[JournalPage], language: str) -> str:
    rows = "\n".join(
        f'<li><a href="page-{number}.xhtml">{escape(_heading(page))}</a></li>'
        for number, page in enumerate(pages, 1)
    )
    entries = rows or f'<li><a href="nav.xhtml">{escape(_("Nothing is written yet"))}</a></li>'
    title = escape(_("Journal"))
    body = f'<nav epub:type="toc" id="toc"><h1>{title}</h1>\n<ol>\n{entries}\n</ol></nav>'
    return _xhtml(title, body, language)


def _chapter(page: JournalPage, language: str) -> str:
    heading = escape(_heading(page))
    asked = f"<blockquote><p>{_clean(page.prompt)}</p></blockquote>\n" if page.prompt else ""
    paragraphs = "\n".join(
        f'<p dir="auto">{"<br/>".join(_clean(line) for line in block.split(chr(10)))}</p>'
        for block in page.body.split("\n\n")
        if block.strip()
    )
    tags = f"\n<p>{_clean(', '.join(page.tags))}</p>" if page.tags else ""
    return _xhtml(heading, f"<section><h1>{heading}</h1>\n{asked}{paragraphs}{tags}</section>", language)


def _xhtml(title: str, body: str, language: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{language}" xml:lang="{language}">
<head><meta charset="utf-8"/><title>{title}</title></head>
<body>
{body}
</body>
</html>
"""


def _clean(text: str) -> str:
    """As XML can hold it: signs that it forbids are left out."""
    return escape(_FORBIDDEN.sub("", text))


_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for (section 2.2)."""


def _heading(page: JournalPage) -> str:
    day = date_format(page.day, "l j F Y")
    return f"{day} · {page.called}" if page.called else day
