"""What a sitting is called: by the name of its practice, or in its person's own words, which are sealed."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from heartwood.web.people import keys
from heartwood.web.people.models import User
from heartwood.web.practices.models import Sitting

Opener = Callable[[bytes | memoryview], str]


def title_of(sitting: Sitting, opened: Opener | None = None) -> str:
    """opened: the writer's own opener, where many sittings are read at once."""
    if sitting.sealed_title is None:
        return sitting.title
    return (opened or keys.opener(sitting.person))(sitting.sealed_title)


def title_of_row(person: User, fields: Mapping[str, Any]) -> str:
    """The same of a sitting that was let go of, as it was written down."""
    sealed = fields.get("sealed_title")
    return keys.unseal(person, b64decode(sealed)) if sealed else str(fields["title"])
