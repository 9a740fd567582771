"""The small Markdown: what it reads, what it refuses by line, and that nothing gets through it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from goldenthread.localoffer.guidance import markdown
from goldenthread.localoffer.guidance.content import body_problems
from goldenthread.localoffer.guidance.drawing import TAGS, Drawer
from goldenthread.localoffer.guidance.markdown import Bold, Heading, Link, Listing, Paragraph, Words
from goldenthread.localoffer.guidance.targets import Known, problem_of
from goldenthread.localoffer.guidance.words import Glossary, Word

KNOWN = Known(
    frozenset({"sen-support"}),
    frozenset({"schools"}),
    frozenset({"special"}),
    frozenset({"primary"}),
    frozenset({"ASD"}),
)
GLOSSARY = Glossary(
    (
        Word("SENCO", ("SENDCo",), "The teacher in charge of SEN."),
        Word("SEND", (), "Special educational needs and disabilities."),
        Word("mediation", (), "Somebody helps both sides to agree."),
    )
)
PLACES = {"council": "Threadshire & Co <b>", "contact_email": "a@example.org", "contact_phone": "01632"}
# Pieces from which dangerous pages are made.
PIECES = st.sampled_from(
    [
        "<", ">", '"', "'", "&", "&lt;", "<script>", "</p>", "<!--", "]]>", "javascript:", "data:text/html,",
        "**", "*", "[", "]", "(", ")", "](", "[a](page:sen-support)", "[a](https://www.example.org/?a=<b>)",
        "[SENCO](say:)", "{council}", "{nothing}", "SENCO", "SENDCo", "mediation", "## ", "### ", "# ", "- ",
        "1. ", "\n", "\n\n", "\r\n", "\t", " ", "onclick=", "\x00", "\u2028", "é", "😀",
    ]
)  # fmt: skip


def drawn(body: str, places: dict[str, str] = PLACES) -> str:
    """The whole page as HTML."""

    def address(target: str) -> str | None:
        return "/there?a=1&b=2" if problem_of(target, KNOWN) is None else None

    drawer = Drawer(address, GLOSSARY, places)
    sections = drawer.sections(markdown.parse(body))
    return "".join(f"{one.html}" for one in sections)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_no_text_gets_a_tag_or_an_angle_through(body: str) -> None:
    found = drawn(body)
    bare = re.sub(r"</?([a-z0-9]+)((?: [a-z]+=\"[^\"<>]*\")*)>", "", found)
    assert "<" not in bare
    assert ">" not in bare
    tags = set(re.findall(r"</?([a-z0-9]+)", found))
    assert tags <= TAGS
    addresses = re.findall(r'href="([^"]*)"', found)
    assert set(addresses) <= {"/there?a=1&amp;b=2"}
    assert not re.search(r"<[^>]*\son\w+=", found)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_word_of_a_page_is_still_there(body: str) -> None:
    found = drawn(body, {})
    seen = html.fromstring(f"<div>{found}</div>").text_content() if found else ""
    for word in ("mediation", "SENDCo"):
        headings = [one for one in markdown.parse(body) if isinstance(one, Heading) and one.level == 2]
        in_headings = sum(markdown.plain(one.parts).count(word) for one in headings)
        targets = sum(link.target.count(word) for _, link in markdown.links(markdown.parse(body)))
        assert seen.count(word) + in_headings + targets >= body.count(word) * ("\x00" not in body)


def test_the_subset_is_read_as_meant() -> None:
    body = "Ask [us](say:) **now**.\nOn a new line.\n\n## When\n- one\n- **two**\n  goes on\n1. first\n"
    body += "### Small\n"
    assert markdown.parse(body) == (
        Paragraph(
            (Words("Ask "), Link("us", "say:"), Words(" "), Bold((Words("now"),)), Words(". On a new line.")),
            1,
        ),
        Heading(2, (Words("When"),), 4),
        Listing(False, ((Words("one"),), (Bold((Words("two"),)), Words(" goes on"))), (5, 6)),
        Listing(True, ((Words("first"),),), (8,)),
        Heading(3, (Words("Small"),), 9),
    )


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("Text.\n\n# Big", 3, "##"),
        ("##Close\n", 1, "space"),
        ("One.\n\n[a](page:nowhere)", 3, "no guidance page “nowhere”"),
        ("[a](topic:none)", 1, "no topic"),
        ("[a](settings:castle)", 1, "kind of setting"),
        ("[a](settings:special?phase=moon)", 1, "no phase"),
        ("[a](settings:special?colour=red)", 1, "not by “colour”"),
        ("[a](law:none)", 1, "no rule of law"),
        ("[a](find:short breaks)", 1, "find:"),
        ("[a](say:hello)", 1, "say:"),
        ("[a](javascript:alert)", 1, "“javascript:” is not a way"),
        ("[a](http://www.example.org)", 1, "“http:” is not a way"),
        ("[a](https://nodots)", 1, "no web address"),
        ("[a](somewhere)", 1, "no target"),
        ("- one\n- [a](page:x", 2, "not complete"),
        ("Ask **us.", 1, "no end"),
        ("{mayor} says", 1, "stands for nothing"),
        ("x" * 60_001, 1, "longer"),
        ("", 1, "no words"),
    ],
)
def test_faults_are_told_with_their_line(body: str, line: int, words: str) -> None:
    found = list(body_problems(body, "page", KNOWN))
    assert [one.line for one in found][:1] == [line]
    assert words in found[0].message


@pytest.mark.parametrize(
    "target",
    [
        "page:sen-support",
        "topic:schools",
        "settings:",
        "settings:special",
        "settings:special?phase=primary&need=ASD",
        "find:q=swimming&free=on",
        "say:",
        "law:decide_whether_to_assess",
        "https://www.example.org/a/b?c=d",
    ],
)
def test_targets_that_lead_somewhere(target: str) -> None:
    assert list(body_problems(f"[a]({target})", "page", KNOWN)) == []


def test_a_guide_needs_steps() -> None:
    assert "two headings" in next(body_problems("## One\n\nText.", "steps", KNOWN)).message
    assert list(body_problems("## One\n\nText.\n\n## Two\n\nText.", "steps", KNOWN)) == []


def test_a_word_is_explained_at_its_first_use_and_not_in_links_or_headings() -> None:
    found = drawn("## SENCO\n\n[SENCO](say:) and SENDCos. The SENCO again; please send it; Mediation.")
    assert re.findall(r'popovertarget="word-(\w+)">(\w+)<', found) == [
        ("senco", "SENDCos"),
        ("mediation", "Mediation"),
    ]


def test_a_link_that_leads_nowhere_any_more_is_words() -> None:
    assert drawn("See [the page](page:gone).") == '<p class="govuk-body">See the page.</p>'


def test_places_are_filled_in_and_escaped() -> None:
    assert "Threadshire &amp; Co &lt;b&gt;" in drawn("Ask {council}.")
