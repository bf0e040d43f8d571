"""What is read about people."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

from heartwood.web.people import addresses, browsers, letters, second_step
from heartwood.web.people.models import Brought, User


def ways_in(person: User) -> list[Authenticator]:
    """Passkeys and whatever belongs to a second step."""
    return list(Authenticator.objects.filter(user=person).order_by("created_at"))


def passkeys(person: User) -> list[Authenticator]:
    return list(
        Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("created_at")
    )


def has_way_back(person: User) -> bool:
    """Whether the person can sign in again once this browser has forgotten them."""
    by_code = letters.mail_works() and addresses.is_confirmed(person)
    return by_code or person.has_usable_password() or bool(passkeys(person))


def collect(person: User) -> dict[str, Any]:
    """Everything this room holds about a person, as JSON can say it. Hashes and keys are left out."""
    return {
        "id": str(person.id),
        "name": person.name,
        "email": person.email,
        "email_is_confirmed": addresses.is_confirmed(person),
        "language": person.language,
        "time_zone": person.time_zone,
        "day_boundary_minutes": person.day_boundary_minutes,
        "former_clocks": [
            {
                "until": former.until.isoformat(),
                "time_zone": former.time_zone,
                "day_boundary_minutes": former.day_boundary_minutes,
            }
            for former in person.former_clocks.order_by("until")
        ],
        "counting_off": person.counting_off,
        "plant_off": person.plant_off,
        "fortnight_off": person.fortnight_off,
        "map_off": person.map_off,
        "discreet": person.discreet,
        "lock_minutes": person.lock_minutes,
        "is_operator": person.is_operator,
        "created_at": person.created_at.isoformat(),
        "to_be_erased_at": person.erase_at.isoformat() if person.erase_at else None,
        "last_signed_in_at": person.last_login.isoformat() if person.last_login else None,
        "has_password": person.has_usable_password(),
        "passkeys": [
            {"name": passkey.wrap().name, "added_at": passkey.created_at.isoformat()}
            for passkey in passkeys(person)
        ],
        "second_step": _second_step(person),
        "consents": [{"version": c.version, "at": c.at.isoformat()} for c in person.consents.order_by("at")],
        "signed_in_browsers": browsers.told(person),
        "brought": [{"at": one.at.isoformat()} for one in Brought.objects.filter(person=person)],
    }


def _second_step(person: User) -> dict[str, Any] | None:
    found = second_step.app(person)
    if found is None:
        return None
    return {"added_at": found.created_at.isoformat(), "codes_left": second_step.codes_left(person)}
