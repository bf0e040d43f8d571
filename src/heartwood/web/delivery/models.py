"""What is due out of the house, to which devices, and which kinds of it somebody does not want."""

from __future__ import annotations

from django.db import models

from heartwood.web.kit.ids import new_id
from heartwood.web.people.models import User


class Due(models.Model):
    """One thing for one receiver, through one channel.

    key         what it is, so that the same thing is queued once
    sealed      receiver and message under the server's key; gone once it is out of our hands.
                The receiver is an e-mail address, or the id of a device
    not_before  when it may go; moved on by whatever did surely not go
    claim       who is sending it now, new with each try
    answer      the receiving server's own words, without addresses
    """

    class Channel(models.TextChoices):
        MAIL = "mail"
        PUSH = "push"

    class State(models.TextChoices):
        DUE = "due"
        SENDING = "sending"
        SENT = "sent"
        UNKNOWN = "unknown"
        REFUSED = "refused"
        UNWANTED = "unwanted"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_by = models.CharField(max_length=64, default="")
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, default="")

    class Meta:
        indexes = [models.Index(fields=["state", "channel", "not_before"], name="due_next")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(state__in=["due", "sending"], sealed__isnull=False)
                    | (~models.Q(state__in=["due", "sending"]) & models.Q(sealed__isnull=True))
                ),
                name="message_held_while_due",
            )
        ]


class Stopped(models.Model):
    """One kind of message that one person does not want."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="stopped_once")]


class Device(models.Model):
    """A browser that can be told something while no page is open.

    fingerprint  of the address its push service gave it, so that one browser belongs to one person
    sealed       that address with the keys that go with it, under the person's key
    kind         what browser it said it is, in words
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    kind = models.CharField(max_length=40, blank=True)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
