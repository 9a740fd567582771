"""What is done in this room: each decision a function."""

from goldenthread.consultations.actions.comments import Said, enter_comment, send_comment
from goldenthread.consultations.actions.consulting import Consulted, log_consultation
from goldenthread.consultations.actions.following_up import add_action, end_action
from goldenthread.consultations.actions.moderating import (
    answer_comment,
    find_abusive,
    group_comment,
    hold_back,
    publish_comment,
    save_theme,
    take_up_again,
)
from goldenthread.consultations.actions.publishing import publish_year
from goldenthread.consultations.actions.ratings import rate_page
from goldenthread.consultations.actions.searching import searched_in_vain

__all__ = [
    "Consulted",
    "Said",
    "add_action",
    "answer_comment",
    "end_action",
    "enter_comment",
    "find_abusive",
    "group_comment",
    "hold_back",
    "log_consultation",
    "publish_comment",
    "publish_year",
    "rate_page",
    "save_theme",
    "searched_in_vain",
    "send_comment",
    "take_up_again",
]
