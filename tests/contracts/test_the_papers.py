"""What the papers say is there: their links lead somewhere, their commands exist, their numbers follow."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
KINDS = {"tutorials", "how-to", "reference", "explanation", "decisions", "pictures"}
LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
COMMAND = re.compile(r"(?:\./run|`heartwood) ([a-z][a-z-]*)")
OF_THE_SCRIPT = {"test", "check"}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_paper_leads_to_a_file(paper: Path):
    targets = [a or b for a, b in LINK.findall(paper.read_text(encoding="utf-8"))]
    inside = [target.split("#")[0] for target in targets if ":" not in target and target[0] not in "#/"]

    assert [target for target in inside if not (paper.parent / target).exists()] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_of_a_paper_is_there(paper: Path):
    nouns = import_module("heartwood.cli").NOUNS
    named = set(COMMAND.findall(paper.read_text(encoding="utf-8")))

    assert sorted(named - set(nouns) - OF_THE_SCRIPT) == []


def test_papers_stand_in_the_rooms_that_papers_have():
    assert {path.name for path in (ROOT / "docs").iterdir()} <= KINDS


def test_decisions_are_numbered_one_by_one_and_told_on_a_page_each():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in records]

    assert numbers == list(range(1, len(records) + 1))
    assert [path.name for path in records if len(path.read_text(encoding="utf-8").split()) > 700] == []


def test_no_more_than_ten_small_pictures_are_committed():
    pictures = [path for path in ROOT.glob("docs/**/*") if path.suffix in {".webp", ".png", ".jpg", ".jpeg"}]

    assert len(pictures) <= 10
    assert [path.name for path in pictures if path.suffix != ".webp" or path.stat().st_size > 100_000] == []
