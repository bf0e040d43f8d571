"""Scripts for tests: a small one written by hand, and as many others as chance can write."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from heartwood.practice import Bell, BellKind, Cue, Quiet, Repeat, Script, Silence, cues

SPOKEN_MS = st.integers(300, 20_000)


def quiet(least: float, natural: float, greatest: float, *, weight: int = 1, is_open: bool = False) -> Quiet:
    """Bounds in seconds."""
    return Quiet(round(least * 1000), round(natural * 1000), round(greatest * 1000), weight, is_open)


def three_minutes(**changed: object) -> Script:
    """A script of two to five minutes with an optional line and optional rounds."""
    parts = (
        Bell(BellKind.OPENING),
        Cue("sit-down", "Sit down, wherever something holds you up.", quiet(3, 5, 9)),
        Cue("and-if-standing", "Standing is fine too.", quiet(3, 5, 9), rank=2),
        Silence("stay", quiet(20, 60, 80, weight=4)),
        Repeat(
            "counting",
            (Cue("one-breath", "One.", quiet(4, 6, 10)), Silence("breathing", quiet(6, 10, 20))),
            least=1,
            greatest=6,
            rank=4,
        ),
        Bell(BellKind.CLOSING),
    )
    script = Script("arrive", "Arrive", parts, 120_000, 180_000, 300_000)
    return replace(script, **changed)  # type: ignore[arg-type]


SPOKEN = {"sit-down": 3_000, "and-if-standing": 1_500, "one-breath": 700}


@st.composite
def quiets(draw: st.DrawFn, *, least_up_to: int = 6_000) -> Quiet:
    least = draw(st.integers(0, least_up_to))
    natural = least + draw(st.integers(0, 40_000))
    greatest = natural + draw(st.integers(0, 60_000))
    return Quiet(least, natural, greatest, draw(st.integers(0, 100)), draw(st.booleans()))


@st.composite
def parts(draw: st.DrawFn, *, number: int) -> Cue | Silence | Bell | Repeat:
    rank = draw(st.none() | st.integers(1, 4))
    match draw(st.sampled_from(["cue", "cue", "silence", "repeat", "bell"])):
        case "cue":
            return Cue(f"cue-{number}", "some words", draw(quiets()), rank)
        case "silence":
            return Silence(f"silence-{number}", draw(quiets()), rank)
        case "bell":
            return Bell(BellKind.INTERVAL)
    least = draw(st.integers(0, 2))
    inner = draw(st.lists(st.sampled_from(["cue", "silence"]), min_size=1, max_size=3))
    return Repeat(
        f"repeat-{number}",
        tuple(
            Cue(f"cue-{number}-{i}", "words", draw(quiets()))
            if kind == "cue"
            else Silence(f"silence-{number}-{i}", draw(quiets()))
            for i, kind in enumerate(inner)
        ),
        least,
        max(1, least + draw(st.integers(0, 8))),
        draw(st.integers(1, 4)),
    )


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """A script of up to fourteen parts, with ties of rank, repeats, open and optional silences."""
    count = draw(st.integers(1, 14))
    inner = tuple(draw(parts(number=number)) for number in range(count))
    whole = (Bell(BellKind.OPENING), *inner, Bell(BellKind.CLOSING))
    return Script("drawn", "Drawn", whole, 0, 0, 10**9)


@st.composite
def scripts_with_voices(draw: st.DrawFn) -> tuple[Script, dict[str, int]]:
    """A script and a voice for it, where what must always be quiet keeps to ninety seconds."""
    script = draw(scripts())
    return script, {cue.id: draw(SPOKEN_MS) for cue in cues(script)}
