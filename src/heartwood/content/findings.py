"""What a reader of course files has to say about them: findings, gathered rather than thrown one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

from heartwood.errors import ContentError


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that cannot be, where it stands, and what to do about it.

    path  inside the course folder, with forward slashes
    line  counted from 1, or 0 when no single line is to blame
    rule  the rule that found it; "format" for everything the reader itself refuses
    """

    path: str
    line: int
    message: str
    rule: str = "format"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


@dataclass
class Findings:
    """Findings in the making."""

    found: list[Finding] = field(default_factory=list)

    def add(self, path: str, line: int | None, message: str) -> None:
        finding = Finding(path, line or 0, message)
        if finding not in self.found:
            self.found.append(finding)

    def refuse_if_any(self) -> None:
        """Raise ContentError for the first finding, saying how many there are."""
        if not self.found:
            return
        first, more = self.found[0], len(self.found) - 1
        rest = f" ({more} more; './run course check' shows all.)" if more else ""
        raise ContentError(first.message + rest, path=first.path, line=first.line or None)
