"""Decisions about guidance pages."""

from goldenthread.localoffer.guidance.actions.loading import Loaded, load_guidance
from goldenthread.localoffer.guidance.actions.pages import (
    Content,
    confirm_reviewed,
    go_back_to,
    publish_page,
    save_page,
    start_page,
    withdraw_page,
)
from goldenthread.localoffer.guidance.actions.renditions import save_rendition

__all__ = [
    "Content",
    "Loaded",
    "confirm_reviewed",
    "go_back_to",
    "load_guidance",
    "publish_page",
    "save_page",
    "save_rendition",
    "start_page",
    "withdraw_page",
]
