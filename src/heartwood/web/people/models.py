"""People: accounts, their keys, and what they agreed to."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import models


class User(AbstractBaseUser):
    """One person. The id is a UUIDv7 made by us; the e-mail address is optional."""

    id = models.UUIDField(primary_key=True, editable=False)
