"""The guidance shipped with the product: `content/*.md`, `topics.toml` and `words.toml`, read strictly.

`load` reads all of it or raises ContentError with every fault, each with its file and line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from goldenthread.localoffer.guidance import markdown
from goldenthread.localoffer.guidance.enums import Audience, PageKind
from goldenthread.localoffer.guidance.targets import Known, problem_of
from goldenthread.localoffer.guidance.words import Word
from goldenthread.localoffer.terms import NEED, PHASE, SETTING, codes
from goldenthread.statute.local_offer import all_items

CONTENT: Final = Path(__file__).parent / "content"
SUMMARY_LENGTH: Final = 160
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EASY: Final = ".easy.md"
_LONGEST_SLUG: Final = 80
_PAGE_FIELDS: Final[dict[str, type]] = {
    "title": str,
    "summary": str,
    "topic": str,
    "order": int,
    "covers": list,
    "owner": str,
    "kind": str,
}


class ContentError(ValueError):
    """The shipped content is wrong; each fault names its file, its line and the mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class ShippedTopic:
    """A topic of the home page."""

    slug: str
    title: str
    summary: str
    order: int


@dataclass(frozen=True, slots=True)
class EasyRead:
    """A page's Easy Read version as shipped: `<slug>.easy.md`, with a title alone in its fields."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class ShippedPage:
    """A page as shipped. `covers` are ids of items of the law; `owner` is a post."""

    slug: str
    title: str
    summary: str
    topic: str
    order: int
    covers: tuple[str, ...]
    owner: str
    kind: PageKind
    audience: Audience
    body: str
    easy_read: EasyRead | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """All that is shipped, in order."""

    topics: tuple[ShippedTopic, ...]
    words: tuple[Word, ...]
    pages: tuple[ShippedPage, ...]

    def known(self) -> Known:
        """What links of these pages may lead to."""
        slugs = frozenset(one.slug for one in self.pages)
        return known(slugs, frozenset(one.slug for one in self.topics))


def is_slug(text: str) -> bool:
    """Whether a page may have this address: small letters, figures and single hyphens, up to 80."""
    return len(text) <= _LONGEST_SLUG and _SLUG.fullmatch(text) is not None


def known(pages: frozenset[str], topics: frozenset[str]) -> Known:
    """What links may lead to, given the pages and topics there are."""
    return Known(pages, topics, *(frozenset(codes(slug)) for slug in (SETTING, PHASE, NEED)))


def load(folder: Path = CONTENT) -> Library:
    """Read a folder of content. Raises ContentError with all that is wrong in it."""
    faults: list[str] = []
    topics = tuple(_topics(folder, faults))
    words = tuple(_words(folder, faults))
    slugs = {one.slug for one in topics}
    paths = [path for path in sorted(folder.glob("*.md")) if not path.name.endswith(_EASY)]
    read = [one for one in (_page(path, slugs, faults) for path in paths) if one is not None]
    easy = _easy_reads(folder, {page.slug for page, _ in read}, faults)
    pages = [replace(page, easy_read=easy[page.slug][0] if page.slug in easy else None) for page, _ in read]
    library = Library(topics, words, tuple(sorted(pages, key=lambda one: (one.topic, one.order, one.slug))))
    there = library.known()
    for page, first in read:
        faults += (f"{page.slug}.md: {one}" for one in _body_faults(page.body, page.kind, first, there))
    for slug, (one, first) in easy.items():
        faults += (f"{slug}{_EASY}: {fault}" for fault in _body_faults(one.body, PageKind.PAGE, first, there))
    if faults:
        raise ContentError(faults)
    return library


def load_frame(folder: Path = CONTENT) -> Library:
    """The topics and the glossary without the pages. Raises ContentError."""
    faults: list[str] = []
    found = Library(tuple(_topics(folder, faults)), tuple(_words(folder, faults)), ())
    if faults:
        raise ContentError(faults)
    return found


def _rows(folder: Path, name: str, table: str, faults: list[str]) -> list[dict[str, Any]]:
    try:
        content = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{name}.toml: not valid TOML: {error}")
        return []
    rows = content.pop(table, [])
    if content or not isinstance(rows, list):
        faults.append(f"{name}.toml: write [[{table}]] entries and nothing else.")
        return []
    return rows


def _topics(folder: Path, faults: list[str]) -> Iterator[ShippedTopic]:
    seen: set[str] = set()
    fields: dict[str, type] = {"slug": str, "title": str, "summary": str, "order": int}
    rows = _rows(folder, "topics", "topic", faults)
    found = []
    for row in rows:
        where = f"topics.toml: {row.get('slug', 'a topic without slug')}"
        wrong = list(_field_faults(row, fields, {}))
        if not wrong and not _SLUG.fullmatch(row["slug"]):
            wrong.append("slug: use small letters, figures and hyphens.")
        if not wrong and row["slug"] in seen:
            wrong.append("stands twice.")
        faults += (f"{where}: {one}" for one in wrong)
        if not wrong:
            seen.add(row["slug"])
            found.append(ShippedTopic(**row))
    yield from sorted(found, key=lambda one: (one.order, one.slug))


def _words(folder: Path, faults: list[str]) -> Iterator[Word]:
    seen: dict[str, str] = {}
    for row in _rows(folder, "words", "word", faults):
        where = f"words.toml: {row.get('term', 'a word without term')}"
        wrong = list(_field_faults(row, {"term": str, "meaning": str}, {"also": list}))
        if not wrong:
            for name in (row["term"], *row.get("also", [])):
                if name.casefold() in seen:
                    wrong.append(f"“{name}” is also a name of {seen[name.casefold()]}.")
                seen[name.casefold()] = row["term"]
        faults += (f"{where}: {one}" for one in wrong)
        if not wrong:
            yield Word(row["term"], tuple(row.get("also", [])), row["meaning"])


def _field_faults(row: dict[str, Any], required: dict[str, type], optional: dict[str, type]) -> Iterator[str]:
    for name, kind in required.items():
        if name not in row:
            yield f"{name} is missing."
        elif type(row[name]) is not kind or row[name] == "":
            yield f"{name} must be {_KINDS[kind]}."
    for name in row.keys() - required.keys():
        if name not in optional:
            yield f"there is no field {name}: check its spelling."
        elif type(row[name]) is not optional[name]:
            yield f"{name} must be {_KINDS[optional[name]]}."
    for name, value in row.items():
        if isinstance(value, list) and any(not isinstance(one, str) or not one for one in value):
            yield f"{name} must hold text only."


_KINDS: Final[dict[type, str]] = {str: "text, not empty", int: "a whole number", list: "a list"}


def _page(path: Path, topics: set[str], faults: list[str]) -> tuple[ShippedPage, int] | None:
    """A page with the line before its body; None, with the faults noted, for one that cannot be read."""
    wrong: list[str] = []
    found = None
    try:
        front, body, first = _parts(path.read_text("utf-8"))
        wrong += _field_faults(front, _PAGE_FIELDS, {"audience": str})
        if not wrong:
            wrong += _value_faults(path.stem, front, topics)
        if not wrong:
            front |= {
                "covers": tuple(front["covers"]),
                "kind": PageKind(front["kind"]),
                "audience": Audience(front.get("audience", Audience.FAMILIES)),
            }
            found = ShippedPage(slug=path.stem, body=body, **front), first
    except UnicodeDecodeError:
        wrong.append("is not written in UTF-8: save it again as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        wrong.append(f"between the +++ lines is no valid TOML: {error} (counted from the first +++).")
    except ValueError as error:
        wrong.append(str(error))
    faults += (f"{path.name}: {one}" for one in wrong)
    return found


def _parts(text: str) -> tuple[dict[str, Any], str, int]:
    """The front matter, the body, and how many lines stand before the body. Raises ValueError."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].strip() != "+++":
        raise ValueError("line 1: begin with +++, then the fields, then +++ again.")
    try:
        end = next(at for at, line in enumerate(lines[1:], start=1) if line.strip() == "+++")
    except StopIteration:
        raise ValueError("the line +++ that ends the fields is missing.") from None
    front = tomllib.loads("\n".join(lines[1:end]))
    first = next((at for at, line in enumerate(lines) if at > end and line.strip()), end + 1)
    return front, "\n".join(lines[first:]).strip("\n") + "\n", first


def _value_faults(slug: str, front: dict[str, Any], topics: set[str]) -> Iterator[str]:
    if not is_slug(slug):
        yield "name the file with small letters, figures and hyphens."
    if len(front["summary"]) >= SUMMARY_LENGTH:
        yield f"summary has {len(front['summary'])} letters: keep it under {SUMMARY_LENGTH}."
    if front["topic"] not in topics:
        yield f"there is no topic “{front['topic']}” in topics.toml."
    if front["kind"] not in PageKind.values:
        yield f"kind is “{front['kind']}”: use {', '.join(PageKind.values)}."
    if front.get("audience", Audience.FAMILIES) not in Audience.values:
        yield f"audience is “{front['audience']}”: use {', '.join(Audience.values)}."
    items = {one.id for one in all_items()}
    for one in front["covers"]:
        if one not in items:
            yield f"covers “{one}”, which is no item of statute/data/local_offer_items.toml."
    if len(set(front["covers"])) < len(front["covers"]):
        yield "covers names an item twice."


def _body_faults(body: str, kind: str, first: int, there: Known) -> Iterator[str]:
    for one in body_problems(body, kind, there):
        yield f"line {first + one.line}: {one.message}"


def _easy_reads(folder: Path, slugs: set[str], faults: list[str]) -> dict[str, tuple[EasyRead, int]]:
    """The Easy Read versions by slug of their page, each with the line before its body."""
    found = {}
    for path in sorted(folder.glob(f"*{_EASY}")):
        slug = path.name.removesuffix(_EASY)
        wrong: list[str] = []
        try:
            front, body, first = _parts(path.read_text("utf-8"))
            wrong += _field_faults(front, {"title": str}, {})
            found[slug] = EasyRead(str(front.get("title")), body), first
        except ValueError as error:
            wrong.append(f"cannot be read: {error}")
        if slug not in slugs:
            wrong.append(f"there is no page {slug}.md.")
        faults += (f"{path.name}: {one}" for one in wrong)
    return found


def body_problems(body: str, kind: str, there: Known) -> Iterator[markdown.Problem]:
    """All that an editor must mend in a body, by line: its Markdown, its links, and the steps of steps."""
    yield from markdown.problems(body)
    blocks = markdown.parse(body)
    for line, link in markdown.links(blocks):
        problem = problem_of(link.target, there)
        if problem:
            yield markdown.Problem(line, problem)
    if not blocks:
        yield markdown.Problem(1, "The page has no words yet.")
    steps = [one for one in blocks if isinstance(one, markdown.Heading) and one.level == 2]
    if kind == PageKind.STEPS and len(steps) < 2:
        yield markdown.Problem(1, "A step-by-step guide has at least two headings with ##, one a step.")
