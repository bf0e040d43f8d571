"""The privacy page says everything that is stored, and is open to anybody."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from heartwood.web.kit import disclosure


def test_every_field_of_every_model_has_exactly_one_line() -> None:
    stored = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete
    ]

    assert Counter(disclosure.named_fields()) == Counter(stored)


@pytest.mark.django_db
def test_every_line_stands_on_the_page_of_somebody_without_an_account() -> None:
    page = Client().get("/privacy/").content.decode()

    lines = [line for section in disclosure.sections() for line in section.lines]
    said = [str(words) for line in lines for words in (line.what, line.why, line.until, line.seen_by)]
    assert [words for words in said if escape(words) not in page] == []


@pytest.mark.django_db
def test_the_page_says_when_backups_end(settings: Any) -> None:
    settings.BACKUP_DAYS = 45

    assert "deleted after 45 days" in Client().get("/privacy/").content.decode()


@pytest.mark.django_db
def test_the_page_names_whoever_runs_the_house(settings: Any) -> None:
    settings.ORGANISATION, settings.CONTACT = "The Old <Mill>", "mill@example.org"

    page = Client().get("/privacy/").content.decode()

    assert "The Old &lt;Mill&gt;" in page and "mill@example.org" in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/help/", "/sign-in/", "/privacy/", "/nothing-here/"])
def test_every_footer_leads_to_the_page(address: str) -> None:
    assert 'href="/privacy/"' in Client().get(address).content.decode()


@pytest.mark.django_db
def test_an_imprint_from_a_file_is_prose_without_script(settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "imprint.md"
    file.write_text(
        "# The Old Mill\n\nRing [us](tel:123). <script>x()</script> ![a](https://a.example/b.png)\n"
    )
    settings.IMPRINT = str(file)

    page = Client().get("/imprint/").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]

    assert "<h2>The Old Mill</h2>" in main and 'href="tel:123"' in main
    assert "<script" not in main and "<img" not in main
    assert 'href="/imprint/"' in page


@pytest.mark.django_db
def test_terms_elsewhere_are_led_to(settings: Any) -> None:
    settings.TERMS = "https://example.org/terms"

    assert Client().get("/terms/")["Location"] == "https://example.org/terms"


@pytest.mark.django_db
def test_a_file_that_is_away_is_told_kindly(settings: Any, tmp_path: Path) -> None:
    settings.IMPRINT = str(tmp_path / "away.md")

    answer = Client().get("/imprint/")

    assert (answer.status_code, "Try again later" in answer.content.decode()) == (503, True)
