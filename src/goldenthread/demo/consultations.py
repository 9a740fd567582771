"""What people of the demonstration county say about its Local Offer, with a year that was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from goldenthread.consultations import actions, targets
from goldenthread.consultations.actions import Said
from goldenthread.consultations.enums import FollowUpState, HeldReason, Route, Speaker
from goldenthread.core import clock
from goldenthread.core.actors import Actor
from goldenthread.demo.consulted import add_log
from goldenthread.demo.said import ACTIONS, COMMENTS, RATINGS, SEARCHES, THEMES, Line
from goldenthread.localoffer.ways_on import SERVICE

_SPEAKERS = (
    Speaker.PARENT,
    Speaker.PARENT,
    Speaker.CHILD,
    Speaker.PROFESSIONAL,
    Speaker.PARENT,
    Speaker.UNSAID,
)
# A comment in a line; the first third of them lies in the year that was published.
_EVERY = timedelta(days=18)


def add_consultations(by: Actor, today: date, services: Mapping[str, UUID] | None = None) -> int:
    """Add comments over two years until `today`, themes, actions, a published year, ratings, searches, and
    the log of who was consulted.

    `services` has a published service of each kind, for the comments that are about one; without it all are
    about the whole Local Offer. Returns how many comments there are. Call it inside the transaction that
    makes the county.
    """
    themes = {name: actions.save_theme(by=by, name=name, said=said, did=did).pk for name, said, did in THEMES}
    first = today - _EVERY * len(COMMENTS)
    published_on = today - timedelta(days=300)
    year_done = False
    for number, line in enumerate(COMMENTS):
        on = first + _EVERY * number
        if on > published_on and not year_done:
            _add_actions(by, themes, published_on)
            _publish(by, first, published_on)
            year_done = True
        with clock.fixed(on):
            _say(line, _about(line, services or {}), number, themes, by, on)
    for on, found in _searches(today):
        with clock.fixed(on):
            actions.searched_in_vain(*found)
    add_log(by, today)
    for number, (helpful, looking_for) in enumerate(RATINGS):
        with clock.fixed(today - timedelta(days=3 * number)):
            actions.rate_page(
                about=targets.find(targets.PAGE, "have_your_say"), helpful=helpful, looking_for=looking_for
            )
    return len(COMMENTS)


def _about(line: Line, services: Mapping[str, UUID]) -> targets.Target:
    if line.about in services:
        return targets.find(SERVICE, str(services[line.about]))
    return targets.find(targets.WHOLE, "")


def _say(
    line: Line, about: targets.Target, number: int, themes: dict[str, UUID], by: Actor, on: date
) -> None:
    """One comment, brought to the state that its line gives."""
    said = Said(about, line.words, _SPEAKERS[number % len(_SPEAKERS)], line.name)
    if number % 7 == 3:
        one = actions.enter_comment(said=said, by=by, route=Route.PAPER, on=on)
    else:
        one = actions.send_comment(said=said)
    if line.theme:
        actions.group_comment(comment_id=one.pk, theme_id=themes[line.theme], by=by)
    if line.held:
        actions.hold_back(comment_id=one.pk, reason=HeldReason(line.held), note=line.note, by=by)
    elif line.note:
        actions.find_abusive(comment_id=one.pk, note=line.note, by=by)
    elif not line.waits:
        actions.publish_comment(comment_id=one.pk, public_words=line.public or line.words, by=by)
        if line.answer:
            actions.answer_comment(comment_id=one.pk, answer=line.answer, by=by)


def _add_actions(by: Actor, themes: dict[str, UUID], on: date) -> None:
    with clock.fixed(on):
        for title, theme, owner, days, outcome in ACTIONS:
            made = actions.add_action(
                title=title,
                owner=owner,
                due_on=on + timedelta(days=days),
                theme_id=themes[theme],
                by=by,
            )
            if outcome:
                actions.end_action(
                    follow_up_id=made.pk, state=FollowUpState.DONE, outcome=outcome, on=on, by=by
                )


def _publish(by: Actor, first: date, on: date) -> None:
    with clock.fixed(on):
        actions.publish_year(
            title=f"You said, we did: {on.year}",
            introduction="Thank you to everybody who told us what they think of the Local Offer this year.",
            starts_on=first,
            ends_on=on,
            by=by,
        )


def _searches(today: date) -> Iterator[tuple[date, tuple[str, str, str]]]:
    for number, (words, area, need, times) in enumerate(SEARCHES):
        for day in range(times):
            yield today - timedelta(days=2 + number + 9 * day), (words, area, need)
