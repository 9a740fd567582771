"""The shipped content: read strictly, whole, and covering every item of the law."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.localoffer.guidance import content
from goldenthread.statute.datafile import Mark
from goldenthread.statute.local_offer import all_items
from tests.localoffer.guidance.conftest import write


def test_what_is_shipped_is_sound_and_leaves_no_item_of_the_law_missing() -> None:
    library = content.load()
    covered = {item for page in library.pages for item in page.covers}
    assert [one.id for one in all_items() if one.id not in covered] == []
    assert {page.topic for page in library.pages} == {topic.slug for topic in library.topics}


def test_the_items_of_the_law_are_all_there() -> None:
    items = all_items()
    assert len(items) == 107
    assert len({(one.part, one.title) for one in items}) == 107
    assert {one.id for one in items if one.mark == Mark.MEMORY} >= {"S2.6", "S2.12.a", "R55.c", "R54.2"}
    assert all(one.notes for one in items if one.mark in {Mark.MEMORY, Mark.SECONDARY})


def test_a_sound_folder_is_read(folder: Path) -> None:
    library = content.load(folder)
    assert [page.slug for page in library.pages] == ["ask", "rules"]
    assert library.pages[0].easy_read == content.EasyRead("Ask", "You can ask.\n")
    assert library.words[0].meaning == "A teacher."


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('topic = "schools"', 'topic = "moon"'), "bad.md: there is no topic “moon” in topics.toml."),
        (('kind = "page"', 'kind = "poem"'), "bad.md: kind is “poem”"),
        (('"S2.19"', '"S9.1"'), "bad.md: covers “S9.1”, which is no item"),
        (('"S2.19"', '"S2.19", "S2.19"'), "bad.md: covers names an item twice."),
        (("order = 10", 'order = "ten"'), "bad.md: order must be a whole number."),
        (('owner = "SEND Casework Manager"\n', ""), "bad.md: owner is missing."),
        (("order = 10", "order = 10\ncolour = 1"), "bad.md: there is no field colour"),
        (("What it is about.", "x" * 160), "bad.md: summary has 160 letters"),
        (("+++\ntitle", "title"), "bad.md: line 1: begin with +++"),
        (("\n+++\n\nText", "\n\nText"), "bad.md: the line +++ that ends the fields is missing."),
        (("order = 10", "order = = 10"), "bad.md: between the +++ lines is no valid TOML"),
        (("Text.", "[a](page:nowhere)"), "bad.md: line 11: There is no guidance page “nowhere”."),
    ],
)
def test_each_fault_is_told_with_its_place(folder: Path, change: tuple[str, str], fault: str) -> None:
    write(folder, "bad", "Text.")
    path = folder / "bad.md"
    text = path.read_text("utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change, 1), "utf-8")
    with pytest.raises(content.ContentError) as wrong:
        content.load(folder)
    assert any(one.startswith(fault) for one in wrong.value.faults), wrong.value.faults


def test_all_faults_are_told_at_once(folder: Path) -> None:
    write(folder, "one", "[a](page:x)")
    write(folder, "two", "[a](say:x)")
    (folder / "none.easy.md").write_text('+++\ntitle = "None"\n+++\n\nText.\n', "utf-8")
    (folder / "latin.md").write_bytes(b"+++\n\xe9\n+++\n")
    with (folder / "words.toml").open("a", encoding="utf-8") as file:
        file.write('[[word]]\nterm = "senco"\nmeaning = "Again."\n')
    with pytest.raises(content.ContentError) as wrong:
        content.load(folder)
    names = {one.split(":")[0] for one in wrong.value.faults}
    assert names == {"one.md", "two.md", "none.easy.md", "latin.md", "words.toml"}
