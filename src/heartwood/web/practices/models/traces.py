"""What becomes of an id: it came twice, it was deleted, it can be brought back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import User


class Twin(models.Model):
    """A record that came a second time under the same id with other content. Both are kept and shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    subject = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    sealed = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "subject", "content_hash"], name="one_twin_a_content")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Deleted(models.Model):
    """The id of something its person deleted, so that a late copy does not bring it back."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class LetGo(models.Model):
    """What its person deleted a short while ago, whole and sealed, so that they can bring it back.

    id      of what was deleted
    sealed  every row of it, as JSON under its person's key
    until   then it is gone for good
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    sealed = models.BinaryField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)
