"""What is read in this room."""

from goldenthread.consultations.queries.comments import (
    comment_for,
    comments_for,
    follow_up_for,
    follow_ups,
    published_about,
    published_comments,
    theme_for,
    themes,
    waiting,
)
from goldenthread.consultations.queries.consulting import (
    consultation_for,
    consultations,
    consulted_items,
)
from goldenthread.consultations.queries.demand import Demand, comments_by_theme, demand_by
from goldenthread.consultations.queries.gaps import gaps_by
from goldenthread.consultations.queries.publications import (
    next_due,
    publication,
    publications,
    themes_shown,
    year_of,
)
from goldenthread.consultations.queries.ratings import pages_rated, ratings

__all__ = [
    "Demand",
    "comment_for",
    "comments_by_theme",
    "comments_for",
    "consultation_for",
    "consultations",
    "consulted_items",
    "demand_by",
    "follow_up_for",
    "follow_ups",
    "gaps_by",
    "next_due",
    "pages_rated",
    "publication",
    "publications",
    "published_about",
    "published_comments",
    "ratings",
    "theme_for",
    "themes",
    "themes_shown",
    "waiting",
    "year_of",
]
