"""Paths through a course: one person's, alone for now; how it turned, and when and where they practise."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.web.kit.ids import new_id
from heartwood.web.library.models import CourseVersion
from heartwood.web.people.models import User


class Enrolment(models.Model):
    """One person's path through one course. It keeps its version until its person accepts another.

    starts_on  the first day of the first week, a day of the person's own
    page       the page from which it was begun, so that a form sent twice begins once
    leaves     pairs that the plant had when it began; once it is over, those that it had at the end
    opened     how many weeks had opened when it last turned, for days that come twice after a flight
    """

    class State(models.TextChoices):
        ACTIVE = "active"
        LEFT = "left"
        FINISHED = "finished"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="enrolments")
    course_version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="enrolments")
    starts_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    page = models.UUIDField(unique=True)
    leaves = models.PositiveSmallIntegerField(default=0)
    opened = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="active"), name="one_path_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Answer(models.Model):
    """What a person answered when a newer version was offered: to take it, or to keep theirs.

    id       the id of the page on which it was answered, so that a form sent twice answers once
    before   the version that the path had
    offered  the newer one
    """

    id = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="answers")
    before = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    offered = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Turn(models.Model):
    """A decision about one's path: to pause it, to go on, to go to a week. Only ever added.

    id     of the page on which it was made, so that a form sent twice turns once
    place  for `went`: the week gone to, from 0 as weeks stand in the course
    day    a day of the person's own
    """

    class Kind(models.TextChoices):
        PAUSED = "paused"
        RESUMED = "resumed"
        WENT = "went"

    id = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="turns")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    place = models.PositiveSmallIntegerField(null=True)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="went", place__isnull=False)
                | (~models.Q(kind="went") & models.Q(place__isnull=True)),
                name="who_goes_goes_somewhere",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Rhythm(models.Model):
    """When and where somebody means to practise, in their own words: a thought of theirs, no duty.

    sealed_place  where, under their own key
    """

    enrolment = models.OneToOneField(Enrolment, primary_key=True, on_delete=models.CASCADE)
    days_a_week = models.PositiveSmallIntegerField(null=True)
    time = models.TimeField(null=True)
    sealed_place = models.BinaryField(null=True)
    length_ms = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.enrolment_id)
