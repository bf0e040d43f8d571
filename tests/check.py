"""./run check: linters, types and the contracts of imports, all of them even when one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKS = {
    "ruff": ["-m", "ruff", "check", "."],
    "layout": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as check; check()"],
}


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="heartwood-check-") as data:
        (Path(data) / "logs").mkdir()
        environment = {**os.environ, "HEARTWOOD_DATA": data}
        failed = [
            name
            for name, words in CHECKS.items()
            if subprocess.run([sys.executable, *words], env=environment).returncode
        ]
    print(
        f"{len(CHECKS) - len(failed)} of {len(CHECKS)} checks hold." + "".join(f" Not: {n}." for n in failed)
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
