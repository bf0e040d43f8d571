"""What somebody practised and what they wrote about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.practice.counting import Kind, Observation
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User


class Sitting(models.Model):
    """One practice done, wholly or partly. The id is the client's own.

    practised_ms          what was counted from the observations, or said by hand
    corrected_ms          the person's own figure, where they corrected the counted one
    zone, boundary, day   the day on which it began, by the rules valid then; later changes move nothing
    clock_was_wrong       the device's clock could not be believed: it is dated by the server's
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sittings")
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.SET_NULL, related_name="sittings")
    practice = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    rendering = models.ForeignKey(Rendering, null=True, on_delete=models.PROTECT, related_name="+")
    length_ms = models.PositiveIntegerField(null=True)
    began_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    day_boundary_minutes = models.PositiveSmallIntegerField()
    day = models.DateField()
    practised_ms = models.PositiveIntegerField(default=0)
    corrected_ms = models.PositiveIntegerField(null=True)
    by_hand = models.BooleanField(default=False)
    finished = models.BooleanField(default=False)
    clock_was_wrong = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-began_at"], name="sitting_history")]

    @property
    def told_ms(self) -> int:
        """What is shown and added up."""
        return self.practised_ms if self.corrected_ms is None else self.corrected_ms

    def __str__(self) -> str:
        return str(self.id)


class SittingEvent(models.Model):
    """One observation of a player. Only ever added.

    wall_ms   the device's own clock, as it was sent
    amiss_ms  what must be added to that clock, decided once, when it came
    """

    id = models.UUIDField(primary_key=True)
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="events")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    position_ms = models.PositiveIntegerField()
    wall_ms = models.BigIntegerField()
    amiss_ms = models.BigIntegerField(default=0)
    received_at = models.DateTimeField()

    @property
    def observation(self) -> Observation:
        """On a clock that is right."""
        wall_ms = self.wall_ms + self.amiss_ms
        return Observation(str(self.id), self.sequence, Kind(self.kind), self.position_ms, wall_ms)

    def __str__(self) -> str:
        return str(self.id)


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
