"""What somebody practised, and what their player saw of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.practice.counting import Kind, Observation
from heartwood.web.cohorts.models import Enrolment
from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User


class Sitting(models.Model):
    """One practice done, wholly or partly. The id is the client's own.

    practised_ms          what was counted from the observations, or said by hand
    title, sealed_title   the name of the practice; what a person called it themselves, under their key
    corrected_ms          the person's own figure, where they corrected the counted one
    zone, boundary, day   the day on which it began, by the rules valid then; later changes move nothing
    clock_was_wrong       the device's clock could not be believed: it is dated by the server's
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sittings")
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.SET_NULL, related_name="sittings")
    practice = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200, blank=True)
    sealed_title = models.BinaryField(null=True)
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
