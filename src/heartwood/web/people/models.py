"""People: accounts, their keys, and what they agreed to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from heartwood.web.kit.ids import new_id
from heartwood.web.people.zones import is_known, zone_of

NAME_LENGTH = 80


class User(AbstractBaseUser):
    """One person. The id is a UUIDv7 made by us; the e-mail address is optional.

    …_off         what of one's own growth is shown nowhere: numbers, the plant, the fortnight, the map
    discreet      a plain name and icon, and no words on lock screens
    lock_minutes  after so long without a visit their pages are locked; None: never
    described_at  when they last changed their settings: what a device kept from before that is stale
    latest_day    the latest day that their clock had shown when zone or end of the day changed
    erase_at      when they asked to be erased, with days to think until then
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    email = models.EmailField(null=True, unique=True)
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    day_boundary_minutes = models.PositiveSmallIntegerField(default=240)
    counting_off = models.BooleanField(default=False)
    plant_off = models.BooleanField(default=False)
    fortnight_off = models.BooleanField(default=False)
    map_off = models.BooleanField(default=False)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    discreet = models.BooleanField(default=False)
    lock_minutes = models.PositiveSmallIntegerField(null=True)
    described_at = models.DateTimeField(null=True)
    latest_day = models.DateField(null=True)
    erase_at = models.DateTimeField(null=True, db_index=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = BaseUserManager["User"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_address"),
            models.CheckConstraint(
                condition=models.Q(day_boundary_minutes__lt=1440), name="day_boundary_within_a_day"
            ),
        ]

    @property
    def last_day(self) -> date | None:
        """The last day before the erasure that was asked for, in the person's own zone."""
        if self.erase_at is None:
            return None
        return (self.erase_at - timedelta.resolution).astimezone(self.zone).date()

    @property
    def zone(self) -> ZoneInfo:
        """Where they live; the world's time while the zone they chose is known no more."""
        return zone_of(self.time_zone)

    @property
    def zone_is_known(self) -> bool:
        return is_known(self.time_zone)

    def __str__(self) -> str:
        return str(self.id)


class PersonKey(models.Model):
    """The key that opens what one person wrote, wrapped by the master key."""

    person = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="key")
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()


class FormerClock(models.Model):
    """The time zone and the end of the day that were somebody's until a moment.

    What a phone sends in late still falls on the day that it was made on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_clocks")
    until = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    day_boundary_minutes = models.PositiveSmallIntegerField()


class Lock(models.Model):
    """What opens somebody's pages again. pin: a hash; empty where a passkey alone opens them."""

    person = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="lock")
    pin = models.CharField(max_length=128, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)


class Opened(models.Model):
    """A browser in which somebody's pages are open, and when it was last used."""

    session_key = models.CharField(max_length=40, primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()


class Brought(models.Model):
    """A file that somebody brought from another server, sealed, until they have looked and decided."""

    person = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    at = models.DateTimeField(db_index=True)


class KeyCheck(models.Model):
    """One sealed sentence, there to tell the right master key from a wrong one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_key_check")]


class SignUp(models.Model):
    """The operator's switch, one row: whether links for new people open. Without the row they do."""

    THE_ONE = UUID(int=1)

    id = models.UUIDField(primary_key=True, default=THE_ONE, editable=False)
    is_open = models.BooleanField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=UUID(int=1)), name="one_sign_up")]


class Consent(models.Model):
    """The version of the consent text a person agreed to, and when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    version = models.CharField(max_length=20)
    at = models.DateTimeField()


class Invitation(models.Model):
    """A link that opens a door once. Only the hash of its token is kept."""

    class Kind(models.TextChoices):
        OWNER = "owner"
        PARTICIPANT = "participant"
        RETURN = "return"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    returning = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    used_page = models.UUIDField(null=True)


class SignInAttempt(models.Model):
    """One try that has not succeeded. Address and account are keyed hashes, kept for minutes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.CharField(max_length=64)
    account = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["address", "account"], name="attempt_address_account")]


class Session(AbstractBaseSession):
    """A browser that is signed in. It knows its person, so that erasing ends it."""

    person = models.UUIDField(null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> type:
        from heartwood.web.people.sessions import SessionStore

        return SessionStore


class ErasedSession(models.Model):
    """A session whose person was erased, by its hash, so that the browser can be told."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField()
