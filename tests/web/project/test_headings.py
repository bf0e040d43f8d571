"""Every page says what it is, also before its script has run."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from heartwood.web.people.models import User

pytestmark = pytest.mark.django_db
HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
PAGES = ("/", "/today/", "/weeks/", "/offline/", "/practices/arrive/", "/unguided/", "/settings/")


@pytest.mark.parametrize("page", PAGES)
def test_no_heading_is_empty(
    page: str, amara: User, signed_in: Callable[[User], Client], begin: Callable[..., Any], arrival: Any,
    at: datetime,
) -> None:  # fmt: skip
    begin(amara, starts_on=at.date())

    headings = HEADING.findall(signed_in(amara).get(page).text)

    assert headings
    assert [words for words in headings if not words.strip()] == []
