"""An ear of its own: pocketsphinx, with its own model of how US English sounds.

It knows which words this course uses and which of them follow each other anywhere in its
practices, as somebody does who has practised for a while; where in time a line is spoken it
does not know. Those pairs come from the very lines that it is to hear, so this is a weaker
proof than a listener who has never met the course. (With general English instead it heard 66
words in 100 of our small voice, and half the words of 80 passages in 100, on seven practices.)
That it does not simply hear what it hopes for is tested: at another place it must not hear a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import log10
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

FEWEST_WORDS = 5
"""A cue with fewer is heard together with its neighbour: a word alone has no context."""

PRACTICES = Path(__file__).parents[2] / "content" / "courses" / "heartwood-8w" / "practices"
DISCOUNT = 0.5

BEFORE_MS, AFTER_MS = 150, 250
BETWEEN = np.zeros(16 * 300, np.int16)

Event = dict[str, Any]


def passages(cues: Sequence[Event]) -> list[list[Event]]:
    """The cues in order, those under five words joined to their neighbour."""
    joined: list[list[Event]] = []
    for cue in cues:
        if joined and len(words_of(joined[-1])) < FEWEST_WORDS:
            joined[-1].append(cue)
        else:
            joined.append([cue])
    if len(joined) > 1 and len(words_of(joined[-1])) < FEWEST_WORDS:
        joined[-2] += joined.pop()
    return joined


def words_of(passage: Sequence[Event]) -> list[str]:
    return spelled(" ".join(cue["text"] for cue in passage))


def spelled(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower().replace("’", "'"))


def hear(heard: NDArray[np.float32], passage: Sequence[Event]) -> list[str]:
    """The words that are heard where the timeline says that this passage is spoken.

    heard  a whole decoded file at 48 kHz
    """
    windows = [_window(heard, cue) for cue in passage]
    sound = np.concatenate([part for window in windows for part in (window, BETWEEN)])
    decoder = _decoder()
    decoder.start_utt()
    decoder.process_raw(sound.tobytes(), full_utt=True)
    decoder.end_utt()
    best = decoder.hyp()
    return spelled(best.hypstr) if best else []


def heard_in_order(said: Sequence[str], heard: Sequence[str]) -> int:
    """How many words of `said` were heard, in order: the longest common subsequence."""
    row = [0] * (len(heard) + 1)
    for word in said:
        before = row
        row = [0]
        for place, other in enumerate(heard):
            row.append(before[place] + 1 if word == other else max(before[place + 1], row[place]))
    return row[-1]


def _window(heard: NDArray[np.float32], cue: Event) -> NDArray[np.int16]:
    start = max(0, round(cue["start"] * 48_000) - BEFORE_MS * 48)
    end = round((cue["start"] + cue["seconds"]) * 48_000) + AFTER_MS * 48
    frame = av.AudioFrame.from_ndarray(heard[start:end].reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = 48_000
    resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    parts = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([part.to_ndarray().reshape(-1) for part in parts])


@cache
def _decoder() -> Any:
    from pocketsphinx import Decoder, NGramModel

    decoder = Decoder(samprate=16_000, loglevel="FATAL", lm=None)
    sentences = [
        [word for word in spelled(line) if decoder.lookup_word(word)]
        for script in sorted(PRACTICES.glob("*/script.en.md"))
        for line in script.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    with TemporaryDirectory() as folder:
        model = Path(folder) / "course.arpa"
        model.write_text(language_model(sentences), encoding="utf-8")
        decoder.add_lm("course", NGramModel(decoder.config, decoder.logmath, str(model)))
    decoder.activate_search("course")
    return decoder


def language_model(sentences: Iterable[Sequence[str]]) -> str:
    """Which word follows which, as an ARPA file: bigrams, discounted, backing off to single words.

    Source: Ney, Essen & Kneser (1994), Computer Speech and Language 8, 1-38.
    """
    said = [("<s>", *words, "</s>") for words in sentences if words]
    singles = Counter(word for words in said for word in words)
    pairs = Counter(pair for words in said for pair in pairwise(words))
    after = Counter(first for first, _ in pairs.elements())
    kinds = Counter(first for first, _ in pairs)
    total = sum(singles.values())
    kept = {first: DISCOUNT * kinds[first] / after[first] for first in after}
    ones = [
        f"{log10(count / total):.4f} {word} {log10(kept[word]) if word in kept else 0:.4f}"
        for word, count in sorted(singles.items())
    ]
    likely = {
        (first, second): (count - DISCOUNT) / after[first] + kept[first] * singles[second] / total
        for (first, second), count in pairs.items()
    }
    twos = [f"{log10(chance):.4f} {first} {second}" for (first, second), chance in sorted(likely.items())]
    head = ["\\data\\", f"ngram 1={len(ones)}", f"ngram 2={len(twos)}"]
    return "\n".join([*head, "", "\\1-grams:", *ones, "", "\\2-grams:", *twos, "", "\\end\\", ""])
