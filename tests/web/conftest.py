"""The rooms under test: a data folder of its own, a master key, and the cast.

HEARTWOOD_DATABASE_URL chooses the database; without it, SQLite.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["HEARTWOOD_DATA"] = tempfile.mkdtemp(prefix="heartwood-test-")
os.environ["DJANGO_SETTINGS_MODULE"] = "heartwood.web.project.settings"
for part in ("db", "media", "logs"):
    (Path(os.environ["HEARTWOOD_DATA"]) / part).mkdir()

import django  # noqa: E402

django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]  # inherited, it gives xdist workers their parent's folder

from django.conf import settings  # noqa: E402

settings.SECRETS.make_master()
settings.PASSWORD_HASHERS = ["tests.web.passwords.CheapArgon2"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

from tests.web.cast import amara, at, bo, clean_ledger, eve, key_check, signed_in  # noqa: E402, F401
