"""What no file of the repository may hold, and what the documents promise of each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.repository import ROOT, files, text_of

# Spelt in pieces, so that this file does not find itself.
HOSTS = ["pypi" + ".org", "files.python" + "hosted.org", "registry.npm" + "js.org", "npm" + "js.com/package"]
HOSTS += ["deb.debian" + ".org", "proxy.gol" + "ang.org", "index.crates" + ".io"]
REFUSED = {
    "a package registry's address": re.compile("|".join(map(re.escape, HOSTS))),
    "a path of one machine": re.compile(r"(?<![\w.~/-])/(?:work|tmp|root|home/\w+|Users/\w+)/(?=\w)"),
    "something left to do": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X{3})\b(?!-)"),
    "a mark of an unfinished merge": re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
}
DECISIONS = ROOT / "docs" / "decisions"
GUIDANCE = Path("src/goldenthread/localoffer/guidance/content")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("what", REFUSED)
def test_no_file_holds(what: str) -> None:
    found = [
        f"{path}: {line.strip()[:100]}" for path in files() for line in refused_lines(what, text_of(path))
    ]
    assert not found, "\n".join(found)


def refused_lines(what: str, text: str | None) -> list[str]:
    """The lines of `text` that hold what REFUSED names."""
    pattern = REFUSED[what]
    if text is None or not pattern.search(text):
        return []
    return [line for line in text.splitlines() if pattern.search(line)]


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a package registry's address", "--index-url https://" + HOSTS[0] + "/simple"),
        ("a path of one machine", "open('/tm" + "p/x')"),
        ("a path of one machine", "cd /ho" + "me/jo/site"),
        ("something left to do", "# TO" + "DO: later"),
    ],
)
def test_the_search_can_find(what: str, line: str) -> None:
    assert refused_lines(what, f"first\n{line}\nlast") == [line]


def test_pins_carry_hashes_and_no_addresses() -> None:
    for name in ("base", "dev", "uv"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        pins = re.findall(
            r"^[\w.-]+==[^\n]*\\\n(?:\s+--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.MULTILINE
        )
        assert len(pins) == len(re.findall(r"^[\w.-]+==", text, re.MULTILINE)) > 0
        assert "://" not in text
        assert not re.search(r"^(?:-i|--index-url|--extra-index-url|--find-links)\b", text, re.MULTILINE)


def test_every_part_has_its_line_in_the_record() -> None:
    record = (DECISIONS / "0002-parts.md").read_text()
    rows = set(re.findall(r"^\| \*\*([\w.-]+)", record, re.MULTILINE))
    parts = {_part(line) for name in ("base", "dev", "uv") for line in _lines(f"requirements/{name}.in")} - {
        ""
    }
    assert parts - rows == set(), "say in docs/decisions/0002-parts.md why it was chosen"
    assert rows - parts == set(), "no longer a part: take its row out"


def test_every_pin_file_holds_its_parts() -> None:
    for name in ("base", "dev", "uv"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        missing = [
            part
            for part in map(_part, _lines(f"requirements/{name}.in"))
            if part and not re.search(rf"^{re.escape(part)}(?:\[[^\]]*\])?==", text, re.MULTILINE)
        ]
        assert missing == [], "python3 dev.py lock"


def test_decisions_are_numbered_once_each() -> None:
    names = sorted(path.name for path in DECISIONS.glob("*.md"))
    numbers = [name[:4] for name in names]
    assert [name for name in names if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)] == []
    assert [number for number in numbers if numbers.count(number) > 1] == []


def test_decisions_are_dated_and_titled_by_their_number() -> None:
    for path in DECISIONS.glob("*.md"):
        text = path.read_text()
        assert text.startswith(f"# {int(path.name[:4])}. "), path.name
        assert re.search(r"^\*\*Decided:\*\* \d{4}-\d\d-\d\d$", text, re.MULTILINE), path.name


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in files():
        # Guidance links in words of its own, page:slug and so on: tests/localoffer/test_shipped_guidance.py.
        if path.suffix == ".md" and not path.is_relative_to(GUIDANCE):
            text = re.sub(r"```.*?```", "", text_of(path) or "", flags=re.DOTALL)
            targets = [first or second for first, second in LINK.findall(text)]
            broken += [f"{path}: {target}" for target in targets if not _resolves(path, target)]
    assert not broken, "\n".join(broken)


def _resolves(page: Path, target: str) -> bool:
    if re.match(r"(?:https?|mailto):", target):
        return True
    place, _, anchor = target.partition("#")
    found = ROOT / page.parent / place if place else ROOT / page
    if not found.exists():
        return False
    return not anchor or found.suffix != ".md" or anchor in _anchors(found.read_text())


def _anchors(text: str) -> set[str]:
    titles = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def _lines(name: str) -> list[str]:
    return (ROOT / name).read_text().splitlines()


def _part(line: str) -> str:
    if line.startswith(("#", "-")):
        return ""
    return re.split(r"[\[<>=!~; ]", line.strip(), maxsplit=1)[0]
