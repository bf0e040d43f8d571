"""An exercise is read as ways with timed steps, whatever its language calls them."""

from __future__ import annotations

from heartwood.content import read_course, shipped_courses
from heartwood.web.today.instructions import Step, ways

PAIRS = """\
Say hello.

### Zu zweit, 4 Minuten

Sit.

| Minuten | Was |
|---|---|
| 1 | Silence. |
| 2,5 | The *first* talks. |

Swap.

### Alone

Write a line.
"""


def test_a_table_of_minutes_is_a_row_of_steps() -> None:
    opening, (pairs, alone) = ways(PAIRS)

    assert opening == "Say hello."
    assert (pairs.title, pairs.before, pairs.after) == ("Zu zweit, 4 Minuten", "Sit.", "Swap.")
    assert pairs.steps == (Step("1", 60, "Silence."), Step("2,5", 150, "The *first* talks."))
    assert (alone.title, alone.before, alone.steps) == ("Alone", "Write a line.", ())


def test_another_table_stays_as_it_is() -> None:
    table = "| What | How |\n|---|---|\n| a | b |\n| 3 | c |"

    _, [way] = ways(f"### One\n\n{table}")

    assert (way.before, way.steps) == (table, ())


def test_the_timed_steps_of_the_shipped_exercises_fill_their_minutes() -> None:
    course = read_course(shipped_courses() / "heartwood-8w").course
    timed = {
        exercise.id: (exercise.minutes, sum(step.seconds for step in way.steps) / 60)
        for week in course.weeks
        for exercise in week.exercises
        for way in ways(exercise.text.markdown)[1]
        if way.steps
    }

    assert len(timed) == 8
    assert [name for name, (told, counted) in timed.items() if told != counted] == []
