"""What a check of a feed found, and the verdict that follows."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Final

ERROR: Final = "error"
WARNING: Final = "warning"
# One fault on 50,000 services is one fault: this many examples of each kind are kept, all are counted.
EXAMPLES: Final = 5

PASSED: Final = "passed"
PASSED_REQUIRED: Final = "passed with errors in optional endpoints"
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: at which endpoint, where in which answer, of what kind, and in words."""

    severity: str
    endpoint: str
    address: str
    kind: str
    message: str
    required: bool = True


@dataclass(slots=True)
class Counted:
    """What was read at one endpoint."""

    answers: int = 0
    items: int = 0


@dataclass(slots=True)
class Report:
    """All findings, counted by kind, with the first few of each kind kept as examples."""

    feed: str = ""
    version: str = ""
    examples: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    read: dict[str, Counted] = field(default_factory=dict)
    required_errors: int = 0
    optional_errors: int = 0
    warnings: int = 0

    def add(self, finding: Finding) -> None:
        """Count the finding, and keep it while there are few of its kind."""
        key = (finding.severity, finding.endpoint, finding.kind)
        self.counts[key] += 1
        if self.counts[key] <= EXAMPLES:
            self.examples.append(finding)
        if finding.severity == WARNING:
            self.warnings += 1
        elif finding.required:
            self.required_errors += 1
        else:
            self.optional_errors += 1

    @property
    def errors(self) -> int:
        """All errors, of required and of optional endpoints."""
        return self.required_errors + self.optional_errors

    @property
    def verdict(self) -> str:
        """As the official validator documents it: errors of optional endpoints do not fail a feed."""
        if self.required_errors:
            return FAILED
        return PASSED_REQUIRED if self.optional_errors else PASSED

    def endpoints_with_errors(self) -> set[str]:
        """The endpoints that something is wrong with."""
        return {endpoint for severity, endpoint, _kind in self.counts if severity == ERROR}

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "feed": self.feed,
            "version": self.version,
            "verdict": self.verdict,
            "errors": self.errors,
            "errors_of_required_endpoints": self.required_errors,
            "errors_of_optional_endpoints": self.optional_errors,
            "warnings": self.warnings,
            "read": {endpoint: asdict(one) for endpoint, one in self.read.items()},
            "counts": [
                {"severity": severity, "endpoint": endpoint, "kind": kind, "count": count}
                for (severity, endpoint, kind), count in self.counts.items()
            ],
            "examples": [asdict(one) for one in self.examples],
        }
