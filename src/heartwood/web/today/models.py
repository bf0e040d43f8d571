"""What Today keeps of a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import User
from heartwood.web.today.monthly.models import MonthlyWish
from heartwood.web.today.reminders.models import CalendarAddress, Reminded, Reminder

__all__ = ["CalendarAddress", "HardNight", "MonthlyWish", "Reminded", "Reminder"]


class HardNight(models.Model):
    """Somebody said that it was a hard night. It holds for that day alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day"], name="one_hard_night_a_day")
        ]

    def __str__(self) -> str:
        return str(self.id)
