"""Letters that somebody writes to themselves, sealed until a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.web.people.models import User


class Letter(models.Model):
    """A letter to oneself. The id is the page's own.

    opens_on     from this day on it says that it is here
    opened_at    when its writer opened it
    declined_at  when its writer left it closed; it is not announced any more
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="letters_to_self")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    opens_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "opens_on"], name="letters_to_open")]

    def __str__(self) -> str:
        return str(self.id)
