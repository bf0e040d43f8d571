"""That a help line is what it says; how a week was for somebody; and a self-check that was to be kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

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


class WeekAnswer(models.Model):
    """Two questions at the end of a week: was something difficult, and does it last? Both may be left out.

    path   whose week it is, told as a value: paths are known further up
    since  the first day of this run of the week, so that a week taken again is asked again
    """

    class Difficult(models.TextChoices):
        NO = "no", _("No")
        SOME = "some", _("Yes, and there was room for it")
        MUCH = "much", _("Yes, and it was a lot")

    class Lasting(models.TextChoices):
        NO = "no", _("No, it has passed")
        COMES_BACK = "comes-back", _("It comes and goes")
        STAYS = "stays", _("Yes, it stays")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.UUIDField()
    week = models.PositiveSmallIntegerField()
    since = models.DateField()
    difficult = models.CharField(max_length=10, choices=Difficult.choices, blank=True)
    lasting = models.CharField(max_length=10, choices=Lasting.choices, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "path", "week", "since"], name="one_answer_a_week")
        ]


class SelfCheck(models.Model):
    """A self-check that its person wished to keep: which statements were so, by id, and what it suggested."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.UUIDField()
    week = models.PositiveSmallIntegerField()
    ticked = models.JSONField(default=list)
    leads = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "path", "week"], name="one_self_check_a_week")
        ]
