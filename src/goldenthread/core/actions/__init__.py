"""What core decides: users, sign-in links, jobs and notices. One function a decision."""

from goldenthread.core.actions.sign_in_links import request_sign_in_link, use_sign_in_link
from goldenthread.core.actions.upkeep import export_audit, retry_job, retry_notice, see_notice
from goldenthread.core.actions.users import (
    activate_user,
    change_role,
    deactivate_user,
    invite_again,
    invite_user,
    password_link,
    reset_second_factor,
)

__all__ = [
    "activate_user",
    "change_role",
    "deactivate_user",
    "export_audit",
    "invite_again",
    "invite_user",
    "password_link",
    "request_sign_in_link",
    "reset_second_factor",
    "retry_job",
    "retry_notice",
    "see_notice",
    "use_sign_in_link",
]
