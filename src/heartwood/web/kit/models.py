"""What the frame itself remembers: who changed what, and which forms were already taken."""

from __future__ import annotations

from django.db import models

from heartwood.web.kit.ids import new_id


class AuditEntry(models.Model):
    """One change. Kinds and ids only, so that it says nothing about a person who is gone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="audit_subject")]


class TakenPage(models.Model):
    """A form that took effect, by the id that was made with its page."""

    page_id = models.UUIDField(primary_key=True)
    by = models.UUIDField(null=True, db_index=True)
    at = models.DateTimeField(db_index=True)
