"""What the player's page shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from heartwood.content import ReadCourse
from heartwood.practice import Script, as_minutes
from heartwood.practice.choices import AS_USUAL, Choices
from heartwood.practice.renderings import PIPER
from heartwood.practice.unguided import Unguided
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.signs import ICON_SIZES
from heartwood.web.library import queries as library
from heartwood.web.library import voices
from heartwood.web.library.models import Rendering

LENGTHS_OFFERED = (3, 5, 8, 10, 12, 15, 20, 25, 30, 40, 45, 60)


@dataclass(frozen=True, slots=True)
class PlayerPage:
    """One practice at one length, ready to be heard or being spoken."""

    title: str
    week_title: str
    minutes: str
    lengths: tuple[str, ...]
    voice: str
    rendering: UUID
    length_ms: int
    sound_url: str
    progress_url: str
    progress: int
    events: Sequence[dict[str, Any]]
    transcript: tuple[str, ...]
    stranger: bool
    back_url: str
    shortest: str = ""
    longest: str = ""
    voices: tuple[str, ...] = ()
    chosen: Choices = AS_USUAL
    asked: str = ""
    artwork: str = "[]"
    shorter_url: str = ""
    in_the_way: bool = False
    sitting_id: UUID = field(default_factory=new_id)
    line_id: UUID = field(default_factory=new_id)
    events_url: str = ""
    line_url: str = ""
    opening: str = ""
    unguided: bool = False
    open_end: bool = False
    minutes_shown: str = ""
    from_device: bool = False
    voice_rests: bool = False


def player_page(
    course: ReadCourse, rendering: Rendering, *, stranger: bool, asked_voice: str = ""
) -> PlayerPage:
    """The player for a rendering. A stranger's page has no address to which anything could be sent.

    asked_voice  the voice that was asked for; the page says so where another one speaks
    """
    script = course.script(rendering.script)
    arrival = course.course.arrival
    page = {
        **_sounding(rendering, stranger=stranger),
        "title": script.title,
        "week_title": _week_title(course, script.id),
        "lengths": () if stranger else lengths_offered(script),
        "shortest": as_minutes(script.shortest_ms),
        "longest": as_minutes(script.longest_ms),
        "voices": voices.on_offer(course.course.language),
        "voice_rests": asked_voice == PIPER and rendering.voice != PIPER,
        "in_the_way": bool(course.course.texts_of("in-the-way")) and not stranger,
    }
    if stranger:
        return PlayerPage(**page)
    shorter = reverse("practices:practice", args=[arrival]) if arrival and arrival != script.id else ""
    return PlayerPage(**page, **_kept(rendering), shorter_url=shorter)


def unguided_page(rendering: Rendering) -> PlayerPage:
    """The same player for a sitting without words."""
    asked = Unguided.read(rendering.unguided or {})
    return PlayerPage(
        **_sounding(rendering, stranger=False),
        **_kept(rendering),
        title=_("Sitting without words"),
        week_title="",
        lengths=(),
        shortest="",
        longest="",
        voices=(),
        unguided=True,
        open_end=asked.open_end,
        minutes_shown=as_minutes(asked.bell_ms),
    )


def empty_page() -> PlayerPage:
    """A player with nothing in it and nothing of anybody, to be filled on a device."""
    return PlayerPage(
        title="",
        week_title="",
        minutes="",
        lengths=(),
        voice="",
        rendering=UUID(int=0),
        length_ms=0,
        sound_url="",
        progress_url="",
        progress=0,
        events=(),
        transcript=(),
        stranger=False,
        back_url="/today/",
        artwork=json.dumps(_artwork()),
        from_device=True,
    )


def _sounding(rendering: Rendering, *, stranger: bool) -> dict[str, Any]:
    """What every player shows of its sound."""
    sound = library.sound_file(rendering)
    timeline = rendering.timeline or ()
    return {
        "minutes": as_minutes(rendering.milliseconds),
        "voice": rendering.voice,
        "chosen": rendering.chosen,
        "asked": urlencode(_asked(rendering)),
        "artwork": json.dumps(_artwork()),
        "rendering": rendering.id,
        "length_ms": rendering.file_ms,
        "sound_url": reverse("library:sound", args=[rendering.id]) if sound else "",
        "progress_url": reverse("api:rendering", args=[rendering.id]),
        "progress": rendering.progress,
        "events": timeline,
        "transcript": tuple(event["text"] for event in timeline if event["kind"] == "cue"),
        "stranger": stranger,
        "back_url": "/" if stranger else "/today/",
    }


def _kept(rendering: Rendering) -> dict[str, Any]:
    """Where the sitting and the line after it go."""
    sitting = new_id()
    return {
        "sitting_id": sitting,
        "events_url": reverse("api:events", args=[sitting]),
        "line_url": reverse("practices:lines"),
        "opening": json.dumps({"practice": rendering.script, "rendering": str(rendering.id)}),
    }


def _asked(rendering: Rendering) -> dict[str, str]:
    """What was chosen otherwise than usual, as it stands in an address."""
    usual = {**AS_USUAL.words, "voice": voices.default_voice()}
    return {name: str(word) for name, word in rendering.chosen.words.items() if word != usual[name]}


def _artwork() -> list[dict[str, str]]:
    """The sign for lock screens, which mostly want pixels."""
    pixels = [
        {"src": static(f"kit/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in ICON_SIZES
    ]
    return [*pixels, {"src": static("kit/icon.svg"), "sizes": "any", "type": "image/svg+xml"}]


def lengths_offered(script: Script) -> tuple[str, ...]:
    """Whole minutes within the promise, with its ends and its default, as they are written in an address."""
    whole = (minutes * 60_000 for minutes in LENGTHS_OFFERED)
    within = {ms for ms in whole if script.shortest_ms <= ms <= script.longest_ms}
    return tuple(
        as_minutes(ms) for ms in sorted(within | {script.shortest_ms, script.default_ms, script.longest_ms})
    )


def _week_title(course: ReadCourse, script: str) -> str:
    return next((week.title for week in course.course.weeks if script in week.practices), "")
