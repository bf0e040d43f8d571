"""What somebody said instead of writing it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from heartwood.web.people.models import User


class VoiceNote(models.Model):
    """A recording, sealed under its speaker's own key as text is. The id is the device's own.

    content_hash  so that the same recording, sent again, is kept once
    bytes         of the recording itself
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="voice_notes")
    sealed = models.BinaryField()
    media_type = models.CharField(max_length=20)
    length_ms = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-recorded_at"], name="voice_history")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "content_hash"], name="one_note_a_recording")
        ]

    def __str__(self) -> str:
        return str(self.id)
