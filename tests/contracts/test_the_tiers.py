"""A test that could not run for want of a program is named, and fails where it must not be missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiers import Outcome, counted, report

REPORT = """<testsuites><testsuite errors="0" failures="0" skipped="3" tests="5">
<testcase name="one"/><testcase name="two"/>
<testcase name="three"><skipped message="no caddy here (Debian: apt install caddy)"/></testcase>
<testcase name="four"><skipped message="no caddy here (Debian: apt install caddy)"/></testcase>
<testcase name="five"><skipped message="a database elsewhere needs no data folder"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def outcome(tmp_path: Path) -> Outcome:
    kept = tmp_path / "report.xml"
    kept.write_text(REPORT)
    return counted(kept)


def test_a_test_without_its_program_is_named_with_the_remedy(
    outcome: Outcome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)

    status = report({"journeys": outcome})

    told = capsys.readouterr().out
    assert status == 0
    assert "2 passed, 0 failed; not run: 2 tests, no caddy here (Debian: apt install caddy)\n" in told
    assert told.endswith("2 passed, 0 failed, 3 skipped\n")


def test_in_ci_a_test_without_its_program_fails_and_a_meant_skip_does_not(
    outcome: Outcome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")

    status = report({"journeys": outcome})

    assert status == 1
    assert capsys.readouterr().out.endswith("2 passed, 2 failed, 3 skipped\n")


def test_in_ci_a_part_that_did_not_run_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    assert report({"pure": Outcome(passed=1), "journeys": Outcome(left_out="no Chromium here")}) == 1
