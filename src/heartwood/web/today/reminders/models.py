"""How somebody wishes to be reminded, and on which days it was done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import User

KIND = "reminder"
"""What `delivery` calls them, and what one click stops."""


class Reminder(models.Model):
    """One person's wish. Switched off it keeps its times, for whoever switches it on again.

    minute, quiet_from, quiet_until  minutes after midnight on the person's wall; no quiet hours: both None
    weekdays                         one bit a day of the week, Monday the lowest
    habit                            after which of the habits offered; empty: at a time
    sealed                           the person's own words, under their own key
    changed_at                       when they last said what they want; nothing before it counts
    next_at                          when to look again; None: never, as it stands
    reckoned_zone, reckoned_boundary the place for which next_at was reckoned
    """

    class Way(models.TextChoices):
        LETTER = "letter"
        DEVICES = "devices"
        CALENDAR = "calendar"

    class State(models.TextChoices):
        ON = "on"
        ASKED = "asked"
        OFF = "off"

    person = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    habit = models.CharField(max_length=12, blank=True)
    minute = models.PositiveSmallIntegerField()
    weekdays = models.PositiveSmallIntegerField()
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    sealed = models.BinaryField(null=True)
    changed_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    reckoned_zone = models.CharField(max_length=64)
    reckoned_boundary = models.PositiveSmallIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "next_at"], name="reminder_next")]

    def __str__(self) -> str:
        return str(self.person_id)


class Reminded(models.Model):
    """A day of somebody's that had its one reminder, or the question whether to go on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day"], name="reminded_once_a_day")
        ]

    def __str__(self) -> str:
        return str(self.id)


class CalendarAddress(models.Model):
    """The secret address under which a calendar program fetches somebody's moments. Only its hash is kept."""

    person = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person_id)
