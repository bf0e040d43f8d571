"""What somebody wrote, sealed under their own key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.web.people.models import User
from heartwood.web.practices.models.sittings import Sitting


class Reflection(models.Model):
    """Something private, sealed under its writer's own key: a line after a sitting, or a page.

    sealed_about  its tags and the question it answers, as JSON; none for a line
    revision      how often it was written; whoever changes it says from which one they began
    writing       the open page that wrote it last, and with which of its savings
    """

    class Kind(models.TextChoices):
        LINE = "line"
        FREE = "free"
        MORNING = "morning"
        EVENING = "evening"

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reflections")
    sitting = models.ForeignKey(Sitting, null=True, on_delete=models.SET_NULL, related_name="lines")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.LINE)
    sealed_about = models.BinaryField(null=True)
    changed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)
    writing = models.UUIDField(null=True)
    saving = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-written_at"], name="reflection_history"),
            models.Index(fields=["person", "kind", "day"], name="reflection_days"),
        ]

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
