"""What the player's page shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.templatetags.static import static
from django.urls import reverse

from heartwood.content import ReadCourse
from heartwood.practice import Script, as_minutes
from heartwood.practice.renderings import BELLS
from heartwood.web.kit.ids import new_id
from heartwood.web.kit.signs import ICON_SIZES
from heartwood.web.library import queries as library
from heartwood.web.library.models import Rendering

LENGTHS_OFFERED = (3, 5, 8, 10, 12, 15, 20, 25, 30, 40, 45, 60)


@dataclass(frozen=True, slots=True)
class PlayerPage:
    """One practice at one length, ready to be heard or being spoken."""

    title: str
    week_title: str
    minutes: str
    lengths: tuple[str, ...]
    shortest: str
    longest: str
    voice: str
    voices: tuple[str, ...]
    voice_asked: bool
    artwork: str
    rendering: UUID
    length_ms: int
    sound_url: str
    progress_url: str
    progress: int
    events: Sequence[dict[str, Any]]
    transcript: tuple[str, ...]
    stranger: bool
    back_url: str
    shorter_url: str = ""
    sitting_id: UUID = field(default_factory=new_id)
    line_id: UUID = field(default_factory=new_id)
    events_url: str = ""
    line_url: str = ""
    opening: str = ""


def player_page(course: ReadCourse, rendering: Rendering, *, stranger: bool) -> PlayerPage:
    """The player for a rendering. A stranger's page has no address to which anything could be sent."""
    usual = library.default_voice()
    script = course.script(rendering.script)
    sound = library.sound_file(rendering)
    timeline = rendering.timeline or ()
    arrival = course.course.arrival
    page: dict[str, Any] = {
        "title": script.title,
        "week_title": _week_title(course, script.id),
        "minutes": as_minutes(rendering.milliseconds),
        "lengths": () if stranger else lengths_offered(script),
        "shortest": as_minutes(script.shortest_ms),
        "longest": as_minutes(script.longest_ms),
        "voice": rendering.voice,
        "voices": () if stranger or usual == BELLS else (usual, BELLS),
        "voice_asked": rendering.voice != usual,
        "artwork": json.dumps(_artwork()),
        "rendering": rendering.id,
        "length_ms": rendering.milliseconds,
        "sound_url": reverse("library:sound", args=[rendering.id]) if sound else "",
        "progress_url": reverse("api:rendering", args=[rendering.id]),
        "progress": rendering.progress,
        "events": timeline,
        "transcript": tuple(event["text"] for event in timeline if event["kind"] == "cue"),
        "stranger": stranger,
        "back_url": "/" if stranger else "/today/",
    }
    if stranger:
        return PlayerPage(**page)
    sitting = new_id()
    return PlayerPage(
        **page,
        shorter_url=reverse("practices:practice", args=[arrival]) if arrival and arrival != script.id else "",
        sitting_id=sitting,
        events_url=reverse("api:events", args=[sitting]),
        line_url=reverse("practices:lines"),
        opening=json.dumps({"practice": script.id, "rendering": str(rendering.id)}),
    )


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
