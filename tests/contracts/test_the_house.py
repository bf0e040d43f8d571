"""What import contracts cannot see: names, clocks, locks, keys and what the server loads."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "heartwood"
PURE = ("curriculum", "practice", "sound", "content", "errors.py")
# lowest first
ROOMS = ("kit", "people", "delivery", "care", "library", "cohorts", "practices", "today", "project")
CLOCKS = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "time.time_ns", "time.monotonic"}
CHANCES = re.compile(r"(random\.(?!Random$)\w+|secrets\.\w+|uuid\.uuid[14]|os\.urandom)$")


def _modules(*names: str) -> list[Path]:
    found = [SOURCE / name for name in names]
    return [path for top in found for path in ([top] if top.is_file() else sorted(top.rglob("*.py")))]


def _calls(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_pure_packages_read_no_clock_and_draw_no_chance():
    modules = _modules(*PURE)
    read = [
        f"{path.relative_to(SOURCE)}: {call}"
        for path in modules
        for call in _calls(path)
        if any(call == clock or call.endswith(f".{clock}") for clock in CLOCKS) or CHANCES.match(call)
    ]

    assert modules
    assert read == []


def test_no_file_is_named_for_nothing():
    empty = re.compile(r"(utils?|common|helpers?|misc|managers?)(\.|$)")
    named = [path for path in SOURCE.rglob("*") if "__pycache__" not in path.parts and empty.match(path.name)]

    assert named == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_host_and_hashes_every_file(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert "--hash=sha256:" in text
    assert "://" not in text and "--index" not in text and "--find-links" not in text


def test_the_developers_lock_holds_everything_of_the_users():
    pins = {
        lock: set(re.findall(r"^[\w.-]+==[\w.+!-]+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    }

    assert pins["requirements.lock"] - pins["requirements-dev.lock"] == set()


def test_no_python_version_is_committed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert "pyproject.toml" in tracked.splitlines()
    assert ".python-version" not in tracked.splitlines()


def _in_django(code: str, data: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HEARTWOOD_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    environment["DJANGO_SETTINGS_MODULE"] = "heartwood.web.project.settings"
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)


def test_the_server_process_loads_no_heavy_library(tmp_path):
    code = (
        "import sys, heartwood.web.project.wsgi, heartwood.web.project.urls\n"
        "print([m for m in ('numpy', 'av', 'py_nanotts', 'heartwood.sound') if m in sys.modules])"
    )

    told = _in_django(code, tmp_path)

    assert (told.stdout.strip(), told.returncode) == ("[]", 0), told.stderr


def test_every_foreign_key_points_downward(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.apps import apps\n"
        "for model in apps.get_models(include_auto_created=True):\n"
        "    for field in model._meta.get_fields():\n"
        "        if field.concrete and field.is_relation and field.related_model:\n"
        "            print(model.__module__, field.related_model.__module__)"
    )

    told = _in_django(code, tmp_path)
    keys = [tuple(map(_room, line.split())) for line in told.stdout.splitlines()]
    ours = [(here, there) for here, there in keys if here and there]
    upward = [(here, there) for here, there in ours if ROOMS.index(here) < ROOMS.index(there)]

    assert told.returncode == 0, told.stderr
    assert ours
    assert upward == []


def _room(module: str) -> str | None:
    parts = module.split(".")
    return parts[2] if parts[:2] == ["heartwood", "web"] else None
