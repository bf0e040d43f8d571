"""What somebody wrote, sealed under their own key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.web.people.models import User
from heartwood.web.practices.models.sittings import Sitting


class Reflection(models.Model):
    """A private line, sealed under its writer's own key."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reflections")
    sitting = models.ForeignKey(Sitting, null=True, on_delete=models.SET_NULL, related_name="lines")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-written_at"], name="reflection_history")]

    def __str__(self) -> str:
        return str(self.id)


class CaringAct(models.Model):
    """Something kind that was done or received, in one sealed line. The id is the page's own."""

    class Direction(models.TextChoices):
        OTHERS = "others"
        SELF = "self"
        FROM_OTHERS = "from-others"

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="caring_acts")
    direction = models.CharField(max_length=12, choices=Direction)
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-written_at"], name="act_history"),
            models.Index(fields=["person", "day"], name="act_days"),
        ]

    def __str__(self) -> str:
        return str(self.id)
