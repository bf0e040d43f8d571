"""How this server is: a line for each thing an operator looks after, for page and terminal alike."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heartwood.web.care import queries as care
from heartwood.web.delivery import queries as delivery
from heartwood.web.delivery.models import Due
from heartwood.web.desk import kept, outside
from heartwood.web.desk.failures import Failure, newest_failures
from heartwood.web.kit.models import AuditEntry
from heartwood.web.library.models import CourseVersion, Rendering
from heartwood.web.people import signing_up

WORKER_RESTS_AT_MOST = timedelta(minutes=7)
ROOM_TO_WORK_IN = 1_000_000_000
BACKUP_HOLDS_FOR = timedelta(days=8)
CERTIFICATE_ENDS_SOON = timedelta(days=14)
CLOCKS_DIFFER_AT_MOST = timedelta(minutes=2)
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is looked after, in a sentence; `needs_a_hand` when somebody should do something.

    key  the thing's name for programs, the same in every language
    """

    name: str
    words: str
    needs_a_hand: bool = False
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything at one moment."""

    at: datetime
    lines: tuple[Line, ...]
    failures: tuple[Failure, ...]

    @property
    def wanting(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.needs_a_hand)


def desk(*, at: datetime) -> Desk:
    """Look at everything. What cannot be looked at is itself a line, so one fault hides no other."""
    lines = tuple(_looked(key, name, look, at) for key, (name, look) in _looks().items())
    return Desk(at, lines, newest_failures())


def _looks() -> dict[str, tuple[str, Callable[[datetime], Line]]]:
    return {
        "server": (_("Server"), _server),
        "worker": (_("Worker"), _workers),
        "database": (_("Database"), _database),
        "due": (_("Due"), _due),
        "makers": (_("Makers"), _makers),
        "sounds": (_("Sounds"), _sounds),
        "mail": (_("Mail"), _mail),
        "notes": (_("Notes"), _notes),
        "disk": (_("Disk"), _disk),
        "clock": (_("Clock"), _clock),
        "address": (_("Address"), _address),
        "certificate": (_("Certificate"), _certificate),
        "backup": (_("Backup"), _backup),
        "restore": (_("Restore"), _restore),
        "sign-up": (_("Sign-up"), _sign_up),
        "help-lines": (_("Help lines"), _help_lines),
    }


def _looked(key: str, name: str, look: Callable[[datetime], Line], at: datetime) -> Line:
    try:
        found = look(at)
    except (DatabaseError, OSError) as error:
        return Line(name, _("This could not be looked at: %(why)s") % {"why": str(error).strip()}, True, key)
    return Line(name, found.words, found.needs_a_hand, key)


def _well(words: str) -> Line:
    return Line("", words)


def _wanting(words: str) -> Line:
    return Line("", words, needs_a_hand=True)


def _server(at: datetime) -> Line:
    if outside.is_held(_data()):
        return _well(_("It runs."))
    return _wanting(_("It does not run on this data folder. Start it with ./run."))


def _workers(at: datetime) -> Line:
    seen = {worker: kept.last_work(_data(), worker) for worker in kept.WORKERS}
    still = [name for name, last in seen.items() if last is None or at - last > WORKER_RESTS_AT_MOST]
    if not still:
        return _well(_("At work; last seen %(when)s.") % {"when": _when(min(filter(None, seen.values())))})
    told = ", ".join(
        _("%(name)s last seen %(when)s") % {"name": name, "when": _when(seen[name])} for name in still
    )
    return _wanting(
        _("Nobody does what is due (%(told)s). Pages still answer. Stop the server and start it again.")
        % {"told": told}
    )


def _database(at: datetime) -> Line:
    missing, newer = outside.migrations()
    if newer:
        return _wanting(
            _("It was written by a newer Heartwood (%(name)s). Start that version.") % {"name": newer[0]}
        )
    if missing:
        return _wanting(_("It has an older shape. Starting the server brings it up to date."))
    return _well(_("It answers, and has the shape of this version."))


def _due(at: datetime) -> Line:
    sounds = Rendering.objects.filter(state=Rendering.State.DUE).count()
    mails = Due.objects.filter(state=Due.State.DUE).count()
    late = Due.objects.filter(state=Due.State.DUE, not_before__lt=at - timedelta(hours=1)).count()
    words = _("Sounds to make: %(sounds)s. Messages to send: %(mails)s.") % {"sounds": sounds, "mails": mails}
    if late:
        return _wanting(words + " " + _("Over an hour late: %(late)s.") % {"late": late})
    return _well(words)


def _makers(at: datetime) -> Line:
    """The child processes that make sounds. One that stands still was left behind, and is begun anew."""
    making = list(Rendering.objects.filter(state=Rendering.State.MAKING).order_by("touched_at"))
    if not making:
        return _well(_("None at work; each begins when a sound is due."))
    words = ngettext("%(number)s at work", "%(number)s at work", len(making)) % {"number": len(making)}
    told = ", ".join(f"{each.progress} %" for each in making)
    still = at - making[0].touched_at > WORKER_RESTS_AT_MOST
    return Line("", f"{words} ({told}).", still)


def _sounds(at: datetime) -> Line:
    failed = Rendering.objects.filter(state=Rendering.State.FAILED).count()
    ready = Rendering.objects.filter(state=Rendering.State.READY).count()
    if failed:
        return _wanting(
            _("Made: %(ready)s. Failed: %(failed)s; why stands below.") % {"ready": ready, "failed": failed}
        )
    return _well(_("Made: %(ready)s. None failed.") % {"ready": ready})


def _mail(at: datetime) -> Line:
    if not settings.MAIL.host:
        return _well(_("No mail server is set. Links and codes for a phone do instead."))
    return Line("", _went_out(Due.Channel.MAIL), delivery.is_concerning(Due.Channel.MAIL, since=at - LATELY))


def _notes(at: datetime) -> Line:
    devices = delivery.count_devices()
    words = ngettext("%(number)s device.", "%(number)s devices.", devices) % {"number": devices}
    told = f"{words} {_went_out(Due.Channel.PUSH)}"
    return Line("", told, delivery.is_concerning(Due.Channel.PUSH, since=at - LATELY))


def _went_out(channel: str) -> str:
    counts = delivery.counts(channel)
    return _("Sent: %(sent)s. Unknown: %(unknown)s. Refused: %(refused)s. Too late: %(expired)s.") % counts


def _disk(at: datetime) -> Line:
    free = shutil.disk_usage(_data()).free
    words = _("%(free)s GB free.") % {"free": f"{free / 1e9:.1f}"}
    if free < ROOM_TO_WORK_IN:
        return _wanting(
            words + " " + _("New sounds wait until there is 1 GB. Make room, or move the folder.")
        )
    return _well(words)


def _clock(at: datetime) -> Line:
    last = _last_known_moment()
    if last and last - at > CLOCKS_DIFFER_AT_MOST:
        return _wanting(
            _("It says %(now)s, but something was kept at %(last)s. Set the clock; nothing kept is lost.")
            % {"now": _when(at), "last": _when(last)}
        )
    apart = outside.clock_of_database(at)
    if apart and abs(apart - at) > CLOCKS_DIFFER_AT_MOST:
        return _wanting(
            _("It says %(now)s, and the database's clock %(other)s. Set the one that is wrong.")
            % {"now": _when(at), "other": _when(apart)}
        )
    return _well(_("It says %(now)s.") % {"now": _when(at)})


def _last_known_moment() -> datetime | None:
    moments = (
        AuditEntry.objects.order_by("-at").values_list("at", flat=True).first(),
        CourseVersion.objects.order_by("-published_at").values_list("published_at", flat=True).first(),
        Rendering.objects.order_by("-touched_at").values_list("touched_at", flat=True).first(),
    )
    return max((moment for moment in moments if moment), default=None)


def _address(at: datetime) -> Line:
    url = settings.PUBLIC_URL
    if settings.OPTIONS.is_public and not url.startswith("https://"):
        return _wanting(
            _("%(url)s, without https: no offline use, no passkeys. The how-to “Put it online” helps.")
            % {"url": url}
        )
    return _well(url)


def _certificate(at: datetime) -> Line:
    if not settings.OPTIONS.certificate:
        return _well(_("None was given to the server itself; behind a proxy that is right."))
    ends = outside.certificate_ends(settings.OPTIONS.certificate)
    if ends is None:
        return _wanting(_("The file holds no certificate that can be read."))
    words = _("It holds until %(when)s.") % {"when": _when(ends)}
    return Line("", words, ends - at < CERTIFICATE_ENDS_SOON)


def _backup(at: datetime) -> Line:
    last = kept.last(_data(), kept.BACKUP)
    if last:
        return Line("", _("Last made %(when)s.") % {"when": _when(last)}, at - last > BACKUP_HOLDS_FOR)
    first = CourseVersion.objects.order_by("published_at").values_list("published_at", flat=True).first()
    is_old = bool(first and at - first > BACKUP_HOLDS_FOR)
    return Line("", _("None was made yet. ./run backup FOLDER makes one."), is_old)


def _restore(at: datetime) -> Line:
    last = kept.last_restore(_data())
    if last:
        return _well(_("Last done %(when)s.") % {"when": _when(last)})
    return _well(_("None was tried yet. A backup is known to be good once it was brought back elsewhere."))


def _sign_up(at: datetime) -> Line:
    state = signing_up.state()
    if state is signing_up.State.OPEN:
        return _well(_("Open to whoever has an invitation."))
    if state is signing_up.State.CLOSED:
        return _well(_("Closed on the operator’s page. Invitations stay good and wait."))
    return _wanting(
        _("Closed: others reach this address, and nobody is named whom they could turn to. Set contact.")
    )


def _help_lines(at: datetime) -> Line:
    lines = care.configured()
    waiting = sum(1 for line in lines if not line.at)
    if waiting:
        return _wanting(
            ngettext(
                "%(number)s line waits to be rung and confirmed. Until then nobody sees it.",
                "%(number)s lines wait to be rung and confirmed. Until then nobody sees them.",
                waiting,
            )
            % {"number": waiting}
        )
    if not lines:
        return _well(_("None are set; people are told of their local emergency number."))
    return _well(_("All are confirmed (%(number)s).") % {"number": len(lines)})


def _when(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else _("never")


def _data() -> Path:
    return Path(settings.DATA)
