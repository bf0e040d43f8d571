"""The library: published courses, how long each line is in each voice, and practices as sound."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.practice.choices import Choices
from heartwood.practice.unguided import UNGUIDED
from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import User


class CourseVersion(models.Model):
    """One course exactly as it was published. It never changes; a change is another version.

    files  canonical text by path inside the course's folder
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.CharField(max_length=80)
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    hash = models.CharField(max_length=64, unique=True)
    files = models.JSONField()
    published_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.course} {self.hash[:12]}"


class SpokenLength(models.Model):
    """How long one line is in one version of one voice. A changed comma costs one line, not a voice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    voice = models.CharField(max_length=40)
    voice_version = models.CharField(max_length=40)
    text_hash = models.CharField(max_length=64)
    milliseconds = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["voice", "voice_version", "text_hash"], name="one_length_a_line")
        ]


class Rendering(models.Model):
    """One practice at one length in one voice, as one sound file: wanted, being made, or there.

    key          hash of everything that makes the file what it is
    priority     what is made first; lower is sooner
    reading      number of the week whose reading it reads aloud; it is no practice and never a sitting
    unguided     for a sitting without words: its parts and bells; it has no course and no script
    choices      bells, settling in, balance and codec, as practice.choices reads them
    is_open      may be heard without an account
    wanted_by    who waits for it, until it is made; whose turn it is goes round among them
    turn         lower is sooner among what is equally wanted
    not_before   when it is tried again after the disk was full
    heard_at     when somebody last listened; what was heard longest ago is let go of first
    in_store_until  till then it is the usual sound of a week that is open, and kept
    timeline     what sounds when, as it was laid out for this file
    touched_at   when the state or the progress last changed; a row that stands still was left behind
    """

    class State(models.TextChoices):
        DUE = "due"
        MAKING = "making"
        READY = "ready"
        FAILED = "failed"
        AWAY = "away"
        """Let go of to make room, and made again for whoever wants it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=64, unique=True)
    course_version = models.ForeignKey(
        CourseVersion, null=True, on_delete=models.PROTECT, related_name="renderings"
    )
    script = models.CharField(max_length=80, blank=True)
    script_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12, blank=True)
    unguided = models.JSONField(null=True)
    reading = models.PositiveSmallIntegerField(null=True)
    choices = models.JSONField(default=dict)
    milliseconds = models.PositiveIntegerField()
    voice = models.CharField(max_length=40)
    voice_version = models.CharField(max_length=40)
    renderer_version = models.CharField(max_length=40)
    priority = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField(blank=True)
    timeline = models.JSONField(null=True)
    bytes = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    wanted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    turn = models.PositiveIntegerField(default=0)
    wanted_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    in_store_until = models.DateTimeField(null=True)
    touched_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "priority", "turn", "wanted_at"], name="rendering_due")
        ]

    @property
    def chosen(self) -> Choices:
        return Choices.read(self.choices)

    @property
    def file_ms(self) -> int:
        """How long the file lasts: settling in and then the practice."""
        return self.milliseconds + self.chosen.settling_ms

    @property
    def _what(self) -> str:
        return UNGUIDED if self.reading is None else f"reading {self.reading}"

    def __str__(self) -> str:
        return f"{self.script or self._what} {self.milliseconds} ms {self.voice}"
