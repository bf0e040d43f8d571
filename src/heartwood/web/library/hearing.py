"""Who may hear a sound. What belongs to whom is known in other rooms; here they are only asked.

    may_hear(person, made)   whether this person may hear this sound

Rooms register in their `AppConfig.ready()`. One that says yes is enough; where none does, the sound is
answered as one that nobody has.
"""

from __future__ import annotations

from collections.abc import Callable

from heartwood.web.library.models import Rendering
from heartwood.web.people.models import User

Rule = Callable[[User, Rendering], bool]

_rules: dict[str, Rule] = {}


def register(name: str, *, may_hear: Rule) -> None:
    """Make a room's rule known. A second registration under the same name replaces the first."""
    _rules[name] = may_hear


def may_hear(person: User | None, made: Rendering) -> bool:
    """What is open, everybody; bells alone, whoever has an account; the rest, by the rooms' rules.

    A sitting without words holds nothing of a course and nothing of a person: the same twenty minutes are
    one file for everybody who asks for them.
    """
    if made.is_open:
        return True
    if person is None:
        return False
    return made.unguided is not None or any(rule(person, made) for rule in _rules.values())
