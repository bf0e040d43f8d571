"""The way from a command into the rooms: settings first, then Django, then a database that is ready."""

from __future__ import annotations

import json
import os
from pathlib import Path

from heartwood.errors import SetupError


def enter(data: Path | None) -> None:
    """Make the rooms importable, on the data folder given or on the configured one.

    Raises SetupError when no server was ever started there.
    """
    if data is not None:
        os.environ["HEARTWOOD_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heartwood.web.project.settings")
    _check_started()
    _speak_for_the_running_server()
    import django

    django.setup()


def _check_started() -> None:
    from heartwood.web.project.sources import read

    options = read().options
    if (
        not options.database_url.get_secret_value()
        and not (options.data / "db" / "heartwood.sqlite3").exists()
    ):
        raise SetupError(
            f"Nothing was ever started in {options.data.absolute()}. Start Heartwood there once with ./run, "
            "or name its folder with --data."
        )


def _speak_for_the_running_server() -> None:
    """Take the public address from the server that holds the folder, unless one is configured."""
    from heartwood.web.project.sources import read

    options = read().options
    if options.model_fields_set & {"url", "port"}:
        return
    try:
        holder = json.loads((options.data / "lock").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    if holder.get("url"):
        os.environ["HEARTWOOD_URL"] = holder["url"]
