"""A small whole course as text by path: one of everything that the format knows."""

from __future__ import annotations

SCRIPT = """\
kind = "main"
strands = ["notice"]
directions = ["self"]

[minutes]
shortest = 2
default = 3
longest = 5

[[part]]
bell = "opening"

[[part]]
cue = "sit-down"
pause = [3, 5, 9]

[[part]]
cue = "and-if-standing"
pause = [3, 5, 9]
rank = 2

[[part]]
silence = "stay"
seconds = [20, 60, 80]
weight = 4

[[part]]
repeat = "counting"
times = [1, 6]
rank = 4
[[part.part]]
cue = "one-breath"
pause = [4, 6, 10]
[[part.part]]
silence = "breathing"
seconds = [6, 10, 20]

[[part]]
bell = "closing"
"""

WORDS = """\
# Arrive

Three minutes to come in.

## @posture
Sitting or standing.

## sit-down
Sit down, wherever something
holds you up.

## and-if-standing
Standing is fine too.

## one-breath
One.
"""


def small_course() -> dict[str, str]:
    """The files, fresh each time, so that a test can spoil one."""
    return {
        "course.toml": """\
format = 1
id = "small"
language = "en"
languages = ["en"]
weeks = ["week-1"]
meetings = ["orientation"]
days_per_week = 7
practice_days = 6
arrival = "arrive"
""",
        "course.en.md": "# A small course\n\nOne week of it.\n",
        "week-1/week.toml": 'number = 1\nstep = 1\npractices = ["arrive"]\nshort = "arrive"\n',
        "week-1/week.en.md": "# Settling\n\nThe body first.\n",
        "week-1/reading.en.md": "# Why settle\n\nBecause it helps.\n\n### Then\n\nMore.\n",
        "week-1/daily-life.en.md": "# One door\n\nPause at a door.\n",
        "week-1/exercises.toml": '[[exercise]]\nid = "two-minutes-each"\nkind = "pair"\nminutes = 12\n',
        "week-1/exercises.en.md": "# Pairs\n\n## two-minutes-each\n**Two minutes each**\n\nTalk, listen.\n",
        "week-1/class.toml": """\
[long]
minutes = 15
[[long.segment]]
id = "arriving"
minutes = 10
[[long.segment]]
id = "leaving"
minutes = 5
[short]
minutes = 5
[[short.segment]]
id = "arriving-short"
minutes = 5
""",
        "week-1/class.en.md": """\
# Class

## arriving
**Arriving**

Welcome everybody.

## leaving
**Leaving**

Goodbye.

## arriving-short
**Arriving, in short**

Welcome.
""",
        "meetings/orientation/meeting.toml": """\
minutes = 15
after_week = 0
[[segment]]
id = "welcome"
minutes = 15
""",
        "meetings/orientation/meeting.en.md": "# Orientation\n\n## welcome\n**Welcome**\n\nWhat this is.\n",
        "practices/arrive/script.toml": SCRIPT,
        "practices/arrive/script.en.md": WORDS,
        "texts/welcome.en.md": "# Welcome\n\nGood that you are here.\n",
        "library.toml": "",
    }
