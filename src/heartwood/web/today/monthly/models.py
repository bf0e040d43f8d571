"""Who wants a letter a month, and how many have come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.web.people.models import User

KIND = "monthly letter"
"""What `delivery` calls them, and what one click stops."""


class MonthlyWish(models.Model):
    """Somebody wants a letter a month. The row goes when they want no more.

    first    the day from which the months are counted
    number   of the letter that is due next, from 1
    next_at  when that is; None when the last has come
    """

    person = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    next_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"], name="monthly_next")]

    def __str__(self) -> str:
        return str(self.person_id)
