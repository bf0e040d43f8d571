"""The frame of the pages: its signs, its colours in the dark, and its modules by their hashed names."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from heartwood.web.kit import errors, pixels, signs
from heartwood.web.kit.templatetags import kit

STATIC = Path(kit.__file__).parents[1] / "static" / "kit"
LEAF = "plant__leaf"


def _leaves(*, seed: str, pairs: int) -> list[str]:
    """The outline of each leaf, from the lowest up."""
    picture = ElementTree.fromstring(signs.plant(seed=seed, pairs=pairs, label="A plant"))
    return [path.attrib["d"] for path in picture.iter("path") if path.attrib["class"].startswith(LEAF)]


@pytest.mark.parametrize("week", [0, 1, 2, 8])
def test_the_plant_has_one_pair_of_leaves_for_each_week(week: int) -> None:
    assert len(_leaves(seed="amara", pairs=week)) == 2 * week


def test_a_new_week_adds_leaves_and_changes_none() -> None:
    before, after = (_leaves(seed="amara", pairs=week) for week in (4, 5))

    assert after[: len(before)] == before


def test_no_two_people_have_the_same_plant() -> None:
    assert _leaves(seed="amara", pairs=3) != _leaves(seed="eve", pairs=3)


def test_a_sign_says_what_it_is_even_in_odd_words() -> None:
    picture = ElementTree.fromstring(signs.rings(lit=2, of=8, label='Two "rings" & <more>'))

    assert picture.attrib["aria-label"] == 'Two "rings" & <more>'
    assert [ring.attrib["class"] for ring in picture.iter("path")].count("rings__ring rings__ring--lit") == 2


def test_the_icon_is_the_one_the_code_draws() -> None:
    assert (STATIC / "icon.svg").read_text(encoding="utf-8") == signs.icon()


@pytest.mark.parametrize("size", signs.ICON_SIZES)
def test_the_icon_in_pixels_is_the_one_the_code_draws(size: int) -> None:
    file = (STATIC / f"icon-{size}.png").read_bytes()
    start = file.index(b"IDAT")
    length = int.from_bytes(file[start - 4 : start])

    drawn = b"".join(b"\0" + row for row in pixels.rows(size))

    assert zlib.decompress(file[start + 4 : start + 4 + length]) == drawn


def test_the_plain_icon_is_the_one_the_code_draws() -> None:
    assert (STATIC / "plain.svg").read_text(encoding="utf-8") == signs.plain_icon()
    for size in signs.ICON_SIZES:
        assert (STATIC / f"plain-{size}.png").read_bytes() == pixels.plain_icon(size)


def test_dark_is_the_same_whether_the_device_or_the_page_asks_for_it() -> None:
    sheet = (STATIC / "app.css").read_text(encoding="utf-8")
    by_device, by_page = (
        re.findall(r"--[\w-]+: [^;]+;", sheet.split(start)[1].split("}")[0])
        for start in (':root:not([data-theme="light"]) {', ':root[data-theme="dark"] {')
    )

    assert by_device == by_page != []


def test_a_module_is_found_under_its_hashed_name(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = {"people/passkeys.js": "people/passkeys.abc.js", "admin/own.js": "admin/own.def.js"}
    monkeypatch.setattr(kit.staticfiles_storage, "hashed_files", hashed, raising=False)
    kit._hashed_modules.cache_clear()
    request = RequestFactory().get("/")
    request.csp_nonce = "nonce"

    tag = Template("{% load kit %}{% import_map %}").render(Context({"request": request}))
    kit._hashed_modules.cache_clear()

    opening, words = tag.removesuffix("</script>").split(">", 1)
    assert opening == '<script type="importmap" nonce="nonce"'
    assert json.loads(words) == {"imports": {"/static/people/passkeys.js": "/static/people/passkeys.abc.js"}}


def test_an_error_page_says_what_happened_and_what_to_do() -> None:
    page = errors.not_found(RequestFactory().get("/nothing/")).content.decode()

    assert "<h1>This page is not here</h1>" in page
    assert "Go back, or start again from the front page." in page


LETTERS = {"letter.html", "held.html"}
"""Mail, and an export read from a disk, have no style sheet to load: what they wear, they carry."""


def test_no_template_styles_or_scripts_inline() -> None:
    web = STATIC.parents[2]
    inline = re.compile(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)")
    pages = [path for path in web.rglob("templates/**/*.html") if path.name not in LETTERS]
    found = [path.name for path in pages if inline.search(path.read_text())]

    assert found == []
