"""The words of the demonstration county's comments: all made up, about nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Line:
    """A comment and what becomes of it. With `held` it is held back, with `note` alone it is abusive.

    `about` is the kind of service that it is about, a code of the Local Offer; without, all of it.
    """

    words: str
    theme: str = ""
    answer: str = ""
    public: str = ""
    name: str = ""
    held: str = ""
    note: str = ""
    waits: bool = False
    about: str = ""


FINDING, BREAKS, SPEECH, TRAVEL, ADULT, EASY = (
    "Finding things in the Local Offer",
    "Short breaks",
    "Waiting for speech and language therapy",
    "Travel to school and college",
    "Preparing for adulthood",
    "Easy Read and other languages",
)
# Name, you said, we did.
THEMES: Final = (
    (
        FINDING,
        "The search found nothing when a word was spelt wrong, and a list of schools took many clicks.",
        "The search now mends spelling and knows everyday words. Lists of schools are two clicks away.",
    ),
    (
        BREAKS,
        "There are too few short breaks in the holidays, and it is not clear who may have one.",
        "We wrote down who may have a short break, and added holiday sessions in the north of the county.",
    ),
    (
        SPEECH,
        "Families wait long for speech and language therapy and hear nothing while they do.",
        "The service now says on its page how long people wait, and rings families after six weeks.",
    ),
    (TRAVEL, "It is hard to know who gets help with travel after 16.", ""),
    (
        ADULT,
        "Young people want to know about work and supported internships earlier than Year 11.",
        "A step-by-step guide for Year 9 and up was written with the young people’s forum.",
    ),
    (EASY, "Few pages have an Easy Read version.", ""),
)
COMMENTS: Final = (
    Line(
        "I typed speach therapy and it found nothing at all.",
        FINDING,
        "Thank you. The search mends spelling now.",
    ),
    Line(
        "I could not find a list of independent special schools anywhere.",
        FINDING,
        "They have their own list now, two clicks from the first page of the Local Offer.",
    ),
    Line(
        "Please show when a page was last checked. Half the clubs I rang had closed.",
        FINDING,
        "Every entry now says when it was last checked, and we ask providers once a year.",
    ),
    Line(
        "The holiday club in the summer was wonderful. More of that, please!",
        BREAKS,
        "We passed this on to the club. There will be four more weeks next summer.",
        about="holiday-breaks",
    ),
    Line(
        "Who can have a short break? The page goes round in circles.",
        BREAKS,
        "It does not any more: the page begins with who may have one.",
    ),
    Line(
        "We live in the north and every short break is in the south.",
        BREAKS,
        "You are right. We are asking providers to offer sessions in the north.",
    ),
    Line(
        "We have waited eight months for speech and language therapy.",
        SPEECH,
        "That is too long. What we are doing about it stands with this theme.",
        about="speech-and-language",
    ),
    Line(
        "Nobody tells you where you are on the waiting list.",
        SPEECH,
        "The service rings after six weeks now.",
        about="speech-and-language",
    ),
    Line("You people are all useless and I hope you rot.", note="Insults and nothing else."),
    Line(
        "My neighbour Mrs Example-Thistledown at number 9 says she gets transport and we do not.",
        TRAVEL,
        public="My neighbour says she gets transport and we do not.",
        answer="Who may have help with travel depends on distance and need. The page says so plainly now.",
    ),
    Line("Does transport stop at 16? The page does not say.", TRAVEL),
    Line("The form for transport can only be printed.", TRAVEL, "There is a form online since the spring."),
    Line(
        "Tell us about supported internships before Year 11!",
        ADULT,
        "We wrote a guide for Year 9 and up with the young people’s forum.",
    ),
    Line(
        "I am 17 and want to know who decides when I turn 18.",
        ADULT,
        "The guide to preparing for adulthood has a page on making your own decisions.",
    ),
    Line("Cheap garden sheds, delivered anywhere in the county.", held="advertisement"),
    Line(
        "Can there be Easy Read of the page on mediation?",
        EASY,
        "It is being made and will be there by summer.",
    ),
    Line(
        "Thank you for the page on what happens in the 20 weeks. It is the first that I understood.", FINDING
    ),
    Line(
        "The decision about my son was wrong and I want it changed.",
        held="own_case",
        note="Passed to the casework team, who wrote back.",
    ),
    Line(
        "A map would help, but please keep the list too: I use a screen reader.",
        FINDING,
        "The list stays: the map only stands beside it.",
    ),
    Line("Sessions for under fives are all on weekday mornings. We work.", BREAKS),
    Line(
        "The number for the autism outreach team is the old one.",
        FINDING,
        "Mended on the same day. Thank you.",
        about="specialist-teaching",
    ),
    Line("As a SENCO I send families here every week. The search got much better.", FINDING),
    Line("There is nothing in Polish or Romanian.", EASY),
    Line("Speech therapy in school helped my daughter a lot.", SPEECH, about="speech-and-language"),
    Line(
        "Could the college pages say which courses have support?",
        ADULT,
        "We asked the colleges. Three of five have answered and their pages say it.",
    ),
    Line("Swimming for disabled children is missing from the list.", BREAKS, "Added, with two pools."),
    Line("Please ask young people, not only parents.", ADULT),
    Line(
        "It says ring us between 10 and 12. I am in lessons then.",
        ADULT,
        "You can write or text as well now.",
        about="counselling",
    ),
    Line("I asked the same last month and still have no answer.", held="repeated"),
    Line("The short breaks statement is 40 pages long.", BREAKS),
    Line("The page about personal budgets is good but has too many short forms.", EASY),
    Line("Sign posted sessions are always full.", BREAKS, waits=True, about="sport"),
    Line("No occupational therapy for teenagers anywhere near us.", waits=True),
    Line(
        "My daughter Robin at Example Street school was left at the gate again.",
        TRAVEL,
        waits=True,
        name="Robin Example-Fern",
    ),
    Line("Why is the gaming club only for boys?", waits=True, about="youth-clubs"),
    Line("I like the new lists.", waits=True),
)
# Title, theme, owner, days after the publication, what came of it.
ACTIONS: Final = (
    ("Mend spelling in the search", FINDING, "Local Offer editor", 30, "Done, with everyday words too."),
    ("Publish who may have a short break", BREAKS, "Short breaks team", 20, "The page begins with it now."),
    ("Find two providers in the north of the county", BREAKS, "Joint commissioning manager", 270, ""),
    (
        "Say the waiting time on the therapy page",
        SPEECH,
        "Children’s therapies lead",
        60,
        "It is brought up to date each month.",
    ),
    ("Write a page on travel after 16", TRAVEL, "Travel assistance manager", 330, ""),
    ("Easy Read of the ten most read pages", EASY, "Local Offer editor", 360, ""),
)
RATINGS: Final = (
    (True, ""),
    (True, ""),
    (False, "how long an answer takes"),
    (True, "who reads this"),
    (False, "a telephone number for weekends"),
    (True, ""),
    (False, "Easy Read"),
    (True, ""),
)
# Words, area, need, how many days.
SEARCHES: Final = (
    ("occupational therapy teenagers", "Warpington", "MSI", 9),
    ("wheelchair football", "Warpington", "PD", 6),
    ("autism cinema", "Selvedge St Mary", "ASD", 5),
    ("evening club under 5", "ZZ99 3ZZ", "", 4),
    ("polish speaking support group", "Weftbury", "", 4),
    ("sign language for parents", "Selvedge St Mary", "HI", 3),
    ("saturday respite overnight", "Warpington", "PMLD", 7),
    ("trampoline", "", "", 2),
    ("help for mr thistledown", "Weftbury", "", 1),
)
