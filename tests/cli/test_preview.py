"""A teacher's way without the web: the how-to's commands, and a preview that goes on through mistakes."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).parents[2]
FOUR = ROOT / "tests" / "fixtures" / "courses" / "four-weeks"
HOW_TO = ROOT / "docs" / "how-to" / "bring-your-own-course.md"


def _environment(data: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HEARTWOOD_", "DJANGO_"))
    }
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1", "HEARTWOOD_DATA": str(data)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Preview:
    """A running preview of a folder."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder, self.port = folder, _free_port()
        words = ["course", "preview", str(folder), "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "heartwood", *words],
            env=_environment(data), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout
        self.said = self.process.stdout.readline()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        asked = Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urlopen(asked, timeout=20) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except HTTPError as refusal:
            return refusal.code, refusal.read().decode(errors="replace")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=15)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    folder = tmp_path / "course"
    shutil.copytree(FOUR, folder)
    running = Preview(folder, tmp_path / "data")
    yield running
    running.process.kill()
    running.process.wait()


def test_every_page_of_a_folder_can_be_read_and_nothing_is_kept(preview: Preview, tmp_path: Path) -> None:
    status, page = preview.get("/")
    links = re.findall(r'href="(/(?:read|practices)/[^"]+)"', page)

    answers = {link: preview.get(link)[0] for link in links}

    assert (status, set(answers.values())) == (200, {200})
    assert len(links) > 20 and "Four short weeks" in page
    assert not (tmp_path / "data").exists()
    assert preview.stop() == 0


def test_a_practice_is_heard_in_the_player_at_the_length_asked_for(preview: Preview) -> None:
    asked = "/practices/hands/?minutes=1.2&voice=bells"
    page = preview.get(asked)[1]
    making = re.search(r'data-making="([^"]+)"', page)
    assert making
    for _ in range(300):
        if json.loads(preview.get(making[1])[1])["state"] == "ready":
            break
        time.sleep(0.1)

    page = preview.get(asked)[1]

    sound = re.search(r'src="(/sound/[^"]+)"', page)
    assert sound and 'data-length-ms="72000"' in page and "Feel your left hand where it lies." in page
    assert preview.get(sound[1], Range="bytes=100-199")[0] == 206


@pytest.mark.parametrize(
    ("minutes", "sentence"), [("40", "can last from 0.8 to 1.5 minutes"), ("ten", "is not a number")]
)
def test_a_length_that_does_not_fit_is_said_on_the_page(
    preview: Preview, minutes: str, sentence: str
) -> None:
    status, page = preview.get(f"/practices/hands/?minutes={minutes}")

    assert status == 422 and sentence in page


def test_only_voices_that_speak_the_course_are_offered(preview: Preview) -> None:
    voices = re.findall(r'name="voice" value="([^"]+)"', preview.get("/practices/hands/")[1])
    status, page = preview.get("/practices/hands/?minutes=1.2&voice=built-in-de-DE")

    assert voices == ["built-in", "built-in-en-GB", "bells"]
    assert status == 422 and "There is no voice &#x27;built-in-de-DE&#x27; here." in page


def test_a_mistake_is_said_with_its_line_and_the_page_comes_back_when_it_is_mended(preview: Preview) -> None:
    table = preview.folder / "ground" / "week.toml"
    well = table.read_text()
    stamps = [preview.get("/changed/")[1]]

    table.write_text(well.replace("number = 1", "number = "))
    broken = preview.get("/")
    stamps.append(preview.get("/changed/")[1])
    table.write_text(well.replace("number = 1", "number = 1 # mended"))

    assert broken[0] == 422 and "ground/week.toml:1" in broken[1] and "data-live" in broken[1]
    assert preview.get("/")[0] == 200
    assert len({*stamps, preview.get("/changed/")[1]}) == 3


def test_other_names_for_this_computer_are_refused(preview: Preview) -> None:
    assert preview.get("/", Host="elsewhere.example")[0] == 400
    assert f"http://127.0.0.1:{preview.port}/" in preview.said


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    words = ["course", "preview", str(tmp_path / "nothing")]
    told = subprocess.run(
        [sys.executable, "-m", "heartwood", *words],
        env=_environment(tmp_path),
        capture_output=True,
        text=True,
    )

    assert told.returncode == 2 and "There is no such folder" in told.stderr


def test_the_commands_of_the_how_to_work_as_they_stand(tmp_path: Path) -> None:
    """The preview, which goes on until it is ended, is the one command tried by the tests above."""
    commands = re.findall(r"```sh\n(.*?)\n```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "content").symlink_to(ROOT / "content")
    run = tmp_path / "run"
    run.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m heartwood "$@"\n')
    run.chmod(0o755)
    data = tmp_path / "data"
    for part in ("db", "media", "logs", "keys"):
        (data / part).mkdir(parents=True)
    prepared = [sys.executable, "-m", "heartwood.web.project.start"]
    subprocess.run(prepared, env=_environment(data), capture_output=True, check=True)

    told = [
        subprocess.run(
            command, shell=True, cwd=tmp_path, env=_environment(data), capture_output=True, text=True
        )
        for command in commands
        if " preview " not in command
    ]

    assert [one.returncode for one in told] == [0] * 4, [one.stderr for one in told]
    assert any(command == "./run course preview my-course" for command in commands)
    assert "published" in told[-1].stdout
