"""What an editor should look at before publishing: hard words, long sentences, links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from goldenthread.localoffer.guidance import content, markdown, reading_age
from goldenthread.localoffer.guidance.markdown import Problem
from goldenthread.localoffer.guidance.reading_age import Reading
from goldenthread.localoffer.guidance.targets import Known
from goldenthread.localoffer.guidance.words import Glossary

_ACRONYM: Final = re.compile(r"\b[A-Z][A-Z&]{1,9}s?\b")
# In capitals, but known to everybody.
_EVERYDAY: Final = frozenset(
    {"NHS", "GP", "GPS", "UK", "GOV", "TV", "PDF", "ID", "OK", "BBC", "UCAS", "I", "A"}
)
# Words of offices that a family need not know, and what to say instead.
JARGON: Final = {
    "pathway": "way, or steps",
    "provision": "help, or support",
    "signpost": "tell where to go",
    "signposting": "telling where to go",
    "multi-agency": "with several services together",
    "multi-disciplinary": "by several kinds of specialist",
    "holistic": "whole",
    "facilitate": "help",
    "stakeholders": "people",
    "implement": "do",
    "utilise": "use",
    "commence": "begin",
    "in accordance with": "by",
    "prior to": "before",
    "cohort": "group",
    "co-production": "making it together",
    "universal services": "services for everybody",
    "graduated approach": "step by step help",
    "threshold": "what must be met",
    "step down": "less help",
    "person-centred": "about the person",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What was found: faults stop publishing, notes do not."""

    faults: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    reading: Reading


def look_at(body: str, kind: str, known: Known, glossary: Glossary) -> Look:
    """All that there is to say about the words of a page."""
    faults = tuple(sorted(content.body_problems(body, kind, known), key=lambda one: one.line))
    if len(body) > markdown.LONGEST:
        return Look(faults, (), Reading(None, 0, 0, ()))
    blocks = markdown.parse(body)
    texts = [(line, markdown.filled(text, {})) for line, text in markdown.texts(blocks)]
    headings = {one.line for one in blocks if isinstance(one, markdown.Heading)}
    reading = reading_age.read([(line, text) for line, text in texts if line not in headings])
    notes = sorted(_notes(texts, glossary), key=lambda one: one.line)
    return Look(faults, tuple(notes), reading)


def _notes(texts: list[tuple[int, str]], glossary: Glossary) -> Iterator[Problem]:
    seen: set[str] = set()
    for line, text in texts:
        for name in _ACRONYM.findall(text):
            if name.rstrip("s") not in _EVERYDAY and name not in seen and not glossary.knows(name):
                seen.add(name)
                yield Problem(line, f"“{name}” is not among the words explained: write it out.")
        for word, instead in JARGON.items():
            if word not in seen and re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
                seen.add(word)
                yield Problem(line, f"“{word}” is a word of offices. Say instead: {instead}.")
        for sentence in reading_age.sentences_of(text):
            words = len(reading_age.words_of(sentence))
            if words > reading_age.LONG_SENTENCE:
                start = " ".join(sentence.split()[:6])
                yield Problem(line, f"A sentence of {words} words: “{start} …”. Make two of it.")
