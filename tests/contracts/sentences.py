"""python -m tests.contracts.sentences [FILE]: every sentence of interface and mails, gathered to be read."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "heartwood"
TRANSLATED = re.compile(
    r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')|\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate""",
    re.DOTALL,
)


def sentences() -> dict[str, list[str]]:
    """Each sentence once, by the file it first stands in: templates, letters, and what Python says."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for place, words in sorted([*_of_templates(), *_of_python()]):
        if words and words not in seen:
            seen.add(words)
            found.setdefault(place, []).append(words)
    return found


def _of_templates() -> Iterator[tuple[str, str]]:
    for suffix in ("*.html", "*.txt"):
        for path in SOURCE.rglob(suffix):
            for match in TRANSLATED.finditer(path.read_text(encoding="utf-8")):
                yield _shown(path), " ".join(next(part for part in match.groups() if part).split())


def _of_python() -> Iterator[tuple[str, str]]:
    for name, _line, message, _comments, _context in extract_from_dir(
        SOURCE, method_map=[("**.py", "python")], strip_comment_tags=True
    ):
        for words in message if isinstance(message, tuple) else (message,):
            if isinstance(words, str):
                yield _shown(SOURCE / name), " ".join(words.split())


def _shown(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def main() -> None:
    out = io.StringIO()
    for place, several in sentences().items():
        out.write(f"\n{place}\n" + "".join(f"  {words}\n" for words in several))
    if sys.argv[1:]:
        Path(sys.argv[1]).write_text(out.getvalue(), encoding="utf-8")
    else:
        print(out.getvalue())


if __name__ == "__main__":
    main()
