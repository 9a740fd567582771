"""The words shipped with the product: complete in law, readable, and with no link that leads nowhere.

No database: the files are read as they are shipped.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from goldenthread.localoffer import terms
from goldenthread.localoffer.guidance import content, markdown, reading_age, warnings
from goldenthread.localoffer.guidance.content import EasyRead, ShippedPage
from goldenthread.localoffer.guidance.drawing import Drawer
from goldenthread.localoffer.guidance.enums import PageKind
from goldenthread.localoffer.guidance.words import Glossary
from goldenthread.statute.local_offer import all_items

LIBRARY = content.load()
EASY = [(page, page.easy_read) for page in LIBRARY.pages if page.easy_read]
GLOSSARY = Glossary(LIBRARY.words)

# Names of bodies, not words to explain, as they stand in the text of a link.
NAMES = {"GOV", "SOS", "SEN", "RNIB", "KIDS", "GB"}
EVERYDAY = {"PE", "VAT", "A&E"}
# Where a word of offices is itself what the page explains.
EXPLAINED = {("pupil-referral-units", "provision")}
# A page that gives something says who may have it, how to ask and who decides: Schedule 2, paragraph 18.
GIVES = "S2.18"


def texts_of(body: str) -> list[tuple[int, str]]:
    """The texts of a page without its headings."""
    blocks = markdown.parse(body)
    headings = {one.line for one in blocks if isinstance(one, markdown.Heading)}
    return [(line, text) for line, text in markdown.texts(blocks) if line not in headings]


def links_of(body: str) -> list[str]:
    return [link.target for _, link in markdown.links(markdown.parse(body))]


def every_body() -> list[tuple[str, str]]:
    """The words of pages and of Easy Read versions, each with the name of its file."""
    return [(one.slug, one.body) for one in LIBRARY.pages] + [
        (f"{page.slug}.easy", easy.body) for page, easy in EASY
    ]


def test_every_item_of_the_law_has_a_page() -> None:
    covered = {item for page in LIBRARY.pages for item in page.covers}
    assert covered == {item.id for item in all_items()}


def test_every_topic_has_pages_and_every_guide_its_steps() -> None:
    assert {topic.slug for topic in LIBRARY.topics} == {page.topic for page in LIBRARY.pages}
    assert 10 <= len(LIBRARY.topics) <= 12
    assert len([page for page in LIBRARY.pages if page.kind == PageKind.STEPS]) >= 8


def test_no_two_pages_stand_in_one_place() -> None:
    places = [(page.topic, page.order) for page in LIBRARY.pages]
    assert sorted(set(places)) == sorted(places)
    titles = [page.title for page in LIBRARY.pages]
    assert sorted(set(titles)) == sorted(titles)


@pytest.mark.parametrize("page", LIBRARY.pages, ids=lambda page: page.slug)
def test_page_is_readable_at_eleven(page: ShippedPage) -> None:
    reading = reading_age.read(texts_of(page.body))
    assert reading.age is not None
    assert reading.age <= reading_age.TARGET_AGE, [one.text for one in reading.hardest]
    assert reading_age.read([(1, page.summary)]).words <= reading_age.LONG_SENTENCE + 3


def test_pages_as_a_whole_are_readable_at_ten() -> None:
    reading = reading_age.read([text for page in LIBRARY.pages for text in texts_of(page.body)])
    assert reading.age is not None
    assert reading.age <= 10


@pytest.mark.parametrize(("page", "easy"), EASY, ids=[page.slug for page, _ in EASY])
def test_easy_read_is_easier_than_its_page(page: ShippedPage, easy: EasyRead) -> None:
    reading, long = reading_age.read(texts_of(easy.body)), reading_age.read(texts_of(page.body))
    assert reading.age is not None
    assert long.age is not None
    assert reading.age < long.age
    assert reading.age <= 8
    lengths = [len(reading_age.words_of(one)) for _, text in texts_of(easy.body) for one in sentences(text)]
    assert max(lengths) <= 18


def test_most_needed_pages_are_in_easy_read() -> None:
    assert {
        "ask-for-assessment",
        "the-20-weeks",
        "sen-support",
        "disagree",
        "get-travel-help",
        "short-breaks",
    } <= {page.slug for page, _ in EASY}


def sentences(text: str) -> list[str]:
    return reading_age.sentences_of(markdown.filled(text, {}))


def test_nothing_is_left_to_mend_for_an_editor() -> None:
    left = []
    for page in LIBRARY.pages:
        look = warnings.look_at(page.body, page.kind, LIBRARY.known(), GLOSSARY)
        left += [(page.slug, str(one)) for one in (*look.faults, *look.notes)]
    quoted = [(slug, re.search("“(.+?)”", message)) for slug, message in left]
    unexpected = [
        one
        for one, (slug, word) in zip(left, quoted, strict=True)
        if word is None or (word[1] not in NAMES | EVERYDAY and (slug, word[1]) not in EXPLAINED)
    ]
    assert unexpected == []


def test_pages_that_give_something_say_how_to_ask_and_who_decides() -> None:
    silent = []
    for page in (one for one in LIBRARY.pages if GIVES in one.covers):
        words = f"{page.title} {page.body}".lower()
        asks = re.search(r"how to (ask|get|claim|apply|start)|ask for|## ask|write to|apply|to ask", words)
        decides = re.search(r"decides?|decided|who is accountable|who to ask|panel", words)
        silent += [] if asks and decides else [page.slug]
    assert silent == []


def test_pages_are_reached_from_other_pages() -> None:
    linked = {target.removeprefix("page:") for _, body in every_body() for target in links_of(body)}
    alone = {page.slug for page in LIBRARY.pages} - linked
    assert not alone, "No other page leads to these."


def test_links_to_services_ask_for_what_the_search_knows() -> None:
    kinds = terms.codes(terms.KIND)
    for name, body in every_body():
        for target in links_of(body):
            if not target.startswith("find:"):
                continue
            given = parse_qs(target.removeprefix("find:"), keep_blank_values=True)
            assert set(given) <= {"q", "kind"}, f"{name}: {target}"
            assert set(given.get("kind", [])) <= set(kinds), f"{name}: {target}"


def test_links_outside_are_secure_and_go_to_national_bodies() -> None:
    for name, body in every_body():
        for target in links_of(body):
            if target.startswith("https:"):
                address = urlsplit(target)
                assert not address.query, f"{name}: {target}"
                assert "council.gov.uk" not in target, f"{name}: {target}"
                # A link deep into a site breaks: only GOV.UK, which keeps redirects, is named by page.
                assert address.path in {"", "/"} or address.hostname == "www.gov.uk", f"{name}: {target}"


def test_words_of_links_say_where_they_lead() -> None:
    vague = {
        "find it",
        "find them",
        "find one",
        "here",
        "click here",
        "this",
        "link",
        "more",
        "read more",
        "the rules",
        "how to ask",
    }
    for name, body in every_body():
        for line, link in markdown.links(markdown.parse(body)):
            assert link.text.casefold() not in vague, f"{name} line {line}"


def test_glossary_explains_the_field_in_short_sentences() -> None:
    assert len(LIBRARY.words) >= 80
    for word in LIBRARY.words:
        assert word.meaning.endswith("."), word.term
        assert len(reading_age.sentences_of(word.meaning)) <= 3, word.term
        assert len(word.meaning) <= 200, word.term


def test_owners_are_posts() -> None:
    ends = ("Manager", "Officer", "Lead", "Editor", "Psychologist")
    for page in LIBRARY.pages:
        post = page.owner.split(",")[0].removesuffix(" for Disabled Children")
        assert post.startswith("Head of ") or post.endswith(ends), page.slug


def test_a_full_stop_stays_with_the_word_before_it() -> None:
    drawer = Drawer(lambda target: None, GLOSSARY, {})
    (section,) = drawer.sections(markdown.parse("You need no diagnosis. Ask about an EHC plan now."))
    assert "(what this means)</span></button>.</span> Ask" in section.html
    assert "(what this means)</span></button> now." in section.html
