"""The devices on which somebody wants to be told something: ten a person at most, each theirs alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction

from heartwood.web.delivery import push
from heartwood.web.delivery.models import Device
from heartwood.web.delivery.webpush import Browser
from heartwood.web.people import keys
from heartwood.web.people.models import User

AT_MOST = 10


@transaction.atomic
def add(person: User, browser: Browser, *, kind: str, at: datetime) -> Device:
    """Keep a browser as one of this person's. Whoever had it before, on a shared device, has it no more.

    Raises push.Elsewhere for an address in a private network and webpush.NoBrowser for keys that are none. Of
    more than ten the oldest goes.
    """
    push.checked(browser.endpoint, anywhere=settings.PUSH.anywhere)
    browser.point()
    browser.secret()
    print_of = sha256(browser.endpoint.encode()).hexdigest()
    Device.objects.filter(fingerprint=print_of).exclude(person=person).delete()
    sealed = keys.seal(person, json.dumps(asdict(browser)))
    device, _ = Device.objects.update_or_create(
        person=person, fingerprint=print_of, defaults={"sealed": sealed, "kind": kind[:40], "added_at": at}
    )
    older = (
        Device.objects.filter(person=person)
        .order_by("-added_at", "-id")
        .values_list("id", flat=True)[AT_MOST:]
    )
    Device.objects.filter(id__in=list(older)).delete()
    return device


def of(person: User) -> list[Device]:
    """A person's devices, the one added last first."""
    return list(Device.objects.filter(person=person).defer("sealed").order_by("-added_at", "-id"))


def remove(person: User, device: UUID) -> bool:
    """False when this person has no such device, also a second time."""
    return bool(Device.objects.filter(person=person, id=device).delete()[0])


def browser_of(device: str) -> Browser | None:
    """How a device is reached; None when it was taken away. Raises SetupError when it cannot be opened."""
    found = Device.objects.select_related("person__key").filter(id=UUID(device)).first()
    return Browser(**json.loads(keys.unseal(found.person, found.sealed))) if found else None


def forget(device: str) -> None:
    """The browser let go of us: it was uninstalled, or its person took the permission back."""
    Device.objects.filter(id=UUID(device)).delete()
