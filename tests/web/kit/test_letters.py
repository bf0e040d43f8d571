"""A letter in its two forms: the same words, and whom to turn to."""

from __future__ import annotations

from typing import Any

from heartwood.web.kit import letters

WORDS = letters.Words(subject="A word", title="Hello", before=["The kettle is on."])


def _forms(letter: letters.Letter) -> tuple[str, str]:
    [(page, kind)] = letter.alternatives
    assert kind == "text/html"
    return letter.body, page


def test_a_letter_names_whom_to_turn_to_with_a_question(settings: Any) -> None:
    settings.CONTACT = "Anna & Ben, anna@example.org"

    plain, page = _forms(letters.compose(WORDS, to="amara@example.org", kind="test"))

    assert "With a question, turn to Anna & Ben, anna@example.org." in plain
    assert "With a question, turn to Anna &amp; Ben, anna@example.org." in page


def test_without_a_contact_a_letter_sends_nobody_anywhere(settings: Any) -> None:
    settings.CONTACT = ""

    for form in _forms(letters.compose(WORDS, to="amara@example.org", kind="test")):
        assert "turn to" not in form
        assert "The kettle is on." in form
