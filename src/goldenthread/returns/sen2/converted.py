"""A person as read, with what is wrong and where each value stood."""

from __future__ import annotations

from dataclasses import dataclass, field

from .issues import Issue
from .policy import VALUE_RULES, issue
from .records import PersonRecord


@dataclass(slots=True)
class Converted:
    """A person as read. `lines` gives the line of each path, of items and of the nodes that hold them."""

    person: PersonRecord
    ref: str
    issues: list[Issue] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    _again: dict[str, int] = field(default_factory=dict)

    def free_path(self, path: str) -> str:
        """The path, numbered if a value of that path was kept before."""
        if path not in self.person.raw:
            return path
        number = self._again[path] = self._again.get(path, 1) + 1
        return f"{path}[{number}]"

    def line_of(self, path: str) -> int:
        """The line of a path, or of the nearest part around it that has one."""
        while path:
            line = self.lines.get(path)
            if line:
                return line
            path = path.rpartition("/")[0]
        return self.person.line

    def report(self, code: str, path: str = "", value: str = "") -> None:
        """Add an issue about this person."""
        self.issues.append(
            issue(
                VALUE_RULES[code],
                file=self.person.file,
                line=self.line_of(path),
                person_ref=self.ref,
                path=path,
                value=value,
            )
        )
