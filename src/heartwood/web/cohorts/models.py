"""Paths through a course: one person's, alone for now; and what they answered to newer versions of it."""

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
