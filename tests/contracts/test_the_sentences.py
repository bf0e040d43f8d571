"""Every sentence of interface and mails: none scolds, shouts or promises."""

from __future__ import annotations

import re

from heartwood.content.rules.wording import PROMISES, SCOLDS
from tests.contracts.sentences import sentences

OUT_OF_PLACE = re.compile(
    rf"\b(?:{'|'.join((*SCOLDS, *PROMISES, 'overdue', 'late again', 'streak', 'well done'))})\b",
    re.IGNORECASE,
)
HELP = "call your local emergency number"


def test_the_gathering_finds_pages_letters_and_what_python_says() -> None:
    found = sentences()

    for place in (
        "web/care/templates/care/help.html",
        "web/people/letters.py",
        "web/kit/templates/kit/letter.txt",
    ):
        assert found[place]
    assert sum(map(len, found.values())) > 900


def test_no_sentence_scolds_or_promises_or_raises_its_voice() -> None:
    said = [(place, words) for place, several in sentences().items() for words in several]

    assert [one for one in said if OUT_OF_PLACE.search(one[1])] == []
    assert [one for one in said if "!" in one[1]] == []
    assert any(HELP in words for _, words in said)
