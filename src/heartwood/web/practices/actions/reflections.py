"""Pages of the journal: saved while they are written, from several devices, and none lost.

Each open page has an id of its own and numbers its savings, so that of one page's
savings the last stands, in whatever order they arrive. Two open pages that began from
the same revision and wrote differently are both kept, the second beside the first.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from heartwood.web.kit import audit
from heartwood.web.people import keys
from heartwood.web.people.days import today_of
from heartwood.web.people.models import User
from heartwood.web.practices import records
from heartwood.web.practices.actions.letting_go import let_go
from heartwood.web.practices.actions.owning import own_reflection
from heartwood.web.practices.actions.twins import keep_twin
from heartwood.web.practices.models import Reflection, Twin
from heartwood.web.practices.records import Differs, Gone, NotKnown

BOTH = "This page was changed elsewhere meanwhile. Both versions are kept, side by side."


@dataclass(frozen=True, slots=True)
class Written:
    """What is on a page. prompt: the question it answers, or empty."""

    body: str
    tags: tuple[str, ...] = ()
    prompt: str = ""
    kind: str = Reflection.Kind.FREE

    def checked(self) -> Written:
        """As it will be sealed. Raises Refused."""
        prompt = records.whole_text(self.prompt)[: records.LONGEST_PROMPT]
        kind = self.kind if self.kind in _PAGES else Reflection.Kind.FREE
        return Written(records.check_reflection(self.body), records.check_tags(self.tags), prompt, kind)


_PAGES = frozenset({Reflection.Kind.FREE, Reflection.Kind.MORNING, Reflection.Kind.EVENING})


@dataclass(frozen=True, slots=True)
class Saving:
    """Which open page saves, for the how many-th time, and from which revision it began.

    number  0 for a form that is sent as a whole: it never stands behind an earlier one
    """

    writing: UUID
    number: int = 0
    base: int = 0


def keep_reflection(person: User, identity: UUID, written: Written, *, saving: Saving, at: datetime) -> int:
    """Seal a page and keep it; its revision now.

    Raises Refused, NotKnown, Gone, or Differs (then both are kept).
    """
    sound = written.checked()
    try:
        return _keep(person, identity, sound, saving, at=at)
    except IntegrityError:
        return _keep(person, identity, sound, saving, at=at)


def _keep(person: User, identity: UUID, written: Written, saving: Saving, *, at: datetime) -> int:
    with transaction.atomic():
        stored = own_reflection(person, identity)
        if stored is None:
            return _write_first(person, identity, written, saving, at=at)
        if _says(person, stored, written) or _is_behind(stored, saving):
            return stored.revision
        if _goes_on(stored, saving):
            return _write_again(person, stored, written, saving, at=at)
        _keep_beside(person, identity, written, saving, at=at)
    raise Differs(BOTH)


def _is_behind(stored: Reflection, saving: Saving) -> bool:
    """An earlier saving of the very page whose later one is there."""
    return bool(saving.number) and stored.writing == saving.writing and saving.number <= stored.saving


def _goes_on(stored: Reflection, saving: Saving) -> bool:
    same_page = bool(saving.number) and stored.writing == saving.writing
    return same_page or saving.base == stored.revision


def _says(person: User, stored: Reflection, written: Written) -> bool:
    return keys.unseal(person, stored.sealed) == written.body and _about(person, stored) == about(written)


def _about(person: User, stored: Reflection) -> str:
    return keys.unseal(person, stored.sealed_about) if stored.sealed_about else ""


def about(written: Written) -> str:
    return json.dumps({"tags": written.tags, "prompt": written.prompt}, ensure_ascii=False)


def _write_first(person: User, identity: UUID, written: Written, saving: Saving, *, at: datetime) -> int:
    Reflection.objects.create(
        id=identity,
        person=person,
        kind=written.kind,
        sealed=keys.seal(person, written.body),
        sealed_about=keys.seal(person, about(written)),
        written_at=at,
        day=today_of(person, at=at),
        writing=saving.writing,
        saving=saving.number,
    )
    return 1


def _write_again(person: User, stored: Reflection, written: Written, saving: Saving, *, at: datetime) -> int:
    stored.sealed = keys.seal(person, written.body)
    stored.sealed_about = keys.seal(person, about(written))
    stored.changed_at, stored.revision = at, stored.revision + 1
    stored.writing, stored.saving = saving.writing, saving.number
    stored.save()
    return stored.revision


def _keep_beside(person: User, identity: UUID, written: Written, saving: Saving, *, at: datetime) -> None:
    """One version for each open page: its later savings replace its earlier ones."""
    content = json.dumps({**asdict(written), "saving": saving.number}, ensure_ascii=False)
    if not saving.number:
        keep_twin(person, "reflection", identity, content, at=at)
        return
    beside = Twin.objects.select_for_update().filter(id=saving.writing).first()
    if beside and beside.person_id != person.id:
        raise NotKnown("There is no such page.")
    if beside and json.loads(keys.unseal(person, beside.sealed))["saving"] >= saving.number:
        return
    Twin.objects.update_or_create(
        id=saving.writing,
        defaults={
            "person": person,
            "kind": "reflection",
            "subject": identity,
            "content_hash": keys.fingerprint(person, saving.writing, content),
            "sealed": keys.seal(person, content),
            "received_at": at,
        },
    )


@transaction.atomic
def part_version(person: User, identity: UUID, version: UUID, *, at: datetime) -> None:
    """Make the version that stands beside a page a page of its own, under the version's id.

    A second time changes nothing. Raises NotKnown.
    """
    beside = Twin.objects.select_for_update().filter(id=version, person=person, subject=identity).first()
    if beside is None:
        if not Reflection.objects.filter(id=version, person=person).exists():
            raise NotKnown("There is no such version.")
        return
    told = json.loads(keys.unseal(person, beside.sealed))
    written = Written(told["body"], tuple(told["tags"]), told["prompt"], told["kind"])
    _write_first(person, version, written, Saving(version), at=at)
    beside.delete()
    audit.record("parted", subject=("reflection", version), by=person.id, at=at)


@transaction.atomic
def delete_reflection(person: User, identity: UUID, *, at: datetime) -> None:
    """Let go of a page and of what stands beside it; for a short while it can be brought back.

    Raises NotKnown.
    """
    try:
        stored = own_reflection(person, identity)
    except Gone:
        return
    if stored is None:
        raise NotKnown("There is no such page.")
    twins = Twin.objects.filter(person=person, subject=identity)
    let_go(person, identity, kind="reflection", rows=[stored, *twins], at=at)
    twins.delete()
    stored.delete()
