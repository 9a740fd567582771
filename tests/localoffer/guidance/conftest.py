"""A small set of guidance, loaded for each test that asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.core.actors import System
from goldenthread.localoffer.guidance import actions

PAGE = """+++
title = "{title}"
summary = "What it is about."
topic = "schools"
order = 10
covers = ["S2.19"]
owner = "SEND Casework Manager"
kind = "{kind}"
+++

{body}
"""


def write(folder: Path, slug: str, body: str, *, kind: str = "page", title: str = "Ask for help") -> None:
    """One page of content."""
    (folder / f"{slug}.md").write_text(PAGE.format(title=title, kind=kind, body=body), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages in one topic, one with an Easy Read version, and a glossary."""
    (tmp_path / "topics.toml").write_text(
        '[[topic]]\nslug = "schools"\ntitle = "Schools"\nsummary = "Where."\norder = 1\n', "utf-8"
    )
    (tmp_path / "words.toml").write_text('[[word]]\nterm = "SENCO"\nmeaning = "A teacher."\n', "utf-8")
    write(
        tmp_path,
        "ask",
        "Ask the SENCO.\n\n## Who\n\nAnyone.\n\n## When\n\nSee [rules](page:rules).",
        kind="steps",
    )
    write(tmp_path, "rules", "Ask {council}.", title="The rules")
    (tmp_path / "ask.easy.md").write_text('+++\ntitle = "Ask"\n+++\n\nYou can ask.\n', "utf-8")
    return tmp_path


@pytest.fixture
def loaded(db: None, folder: Path) -> Path:
    """The two pages, live."""
    actions.load_guidance(by=System.COMMAND, publish=True, folder=folder)
    return folder
