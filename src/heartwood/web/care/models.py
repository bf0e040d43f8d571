"""What the operator vouches for: that a help line is what it says."""

from __future__ import annotations

from django.db import models

from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import User


class Confirmation(models.Model):
    """Somebody rang or checked one help line, as it read then.

    It holds for exactly the words whose fingerprint it keeps: a changed line is another line.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
