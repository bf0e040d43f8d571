"""Courses to simulate: four to eight weeks of five or seven days, some without arrival or short practices."""

from __future__ import annotations

from random import Random

from tests.lives.life import MINUTE, Course, Practice, Week


def any_course(rng: Random) -> Course:
    practices = [_any_practice(f"practice-{number}", rng) for number in range(rng.randint(3, 9))]
    small = [Practice(f"short-{number}", MINUTE, 3 * MINUTE, 6 * MINUTE) for number in range(2)]
    arrival = Practice("arrive", 3 * MINUTE, rng.choice((3, 4)) * MINUTE, 6 * MINUTE)
    names, short = [one.name for one in practices], [one.name for one in small]
    weeks = tuple(_any_week(names, short, rng) for _ in range(rng.randint(4, 8)))
    has_arrival = rng.random() < 0.85
    return Course(
        weeks,
        tuple([*practices, *small, *([arrival] if has_arrival else [])]),
        arrival="arrive" if has_arrival else None,
        days_per_week=rng.choice((7, 7, 5)),
    )


def _any_practice(name: str, rng: Random) -> Practice:
    shortest = rng.randint(50, 100) * 6000
    default = shortest + rng.randint(0, 80) * 6000
    return Practice(name, shortest, default, default + rng.randint(0, 150) * 6000)


def _any_week(practices: list[str], short: list[str], rng: Random) -> Week:
    return Week(
        tuple(rng.sample(practices, rng.randint(1, min(3, len(practices))))),
        short=rng.choice(short) if rng.random() < 0.8 else None,
        reading=rng.random() < 0.9,
        daily_life=rng.random() < 0.85,
    )
