"""What is decided about entries of the directory. One function a decision."""

from goldenthread.localoffer.actions.deciding import (
    archive,
    confirm_checked,
    pause,
    reopen,
    restore,
    schedule,
    send_back,
    unschedule,
)
from goldenthread.localoffer.actions.duplicates import look_for_duplicates, mark_different
from goldenthread.localoffer.actions.loading import LoadReport, load_documents
from goldenthread.localoffer.actions.loads import (
    apply_file,
    check_file,
    clear_files,
    give_file,
    leave_file,
    start_loading,
)
from goldenthread.localoffer.actions.matching import (
    leave_as_it_is,
    match_register,
    start_from_register,
    take_over,
)
from goldenthread.localoffer.actions.merging import merge_entries, undo_merge
from goldenthread.localoffer.actions.organizations import (
    invite_provider,
    link_provider,
    save_organization,
    start_organization,
    unlink_provider,
)
from goldenthread.localoffer.actions.publishing import publish, publish_due
from goldenthread.localoffer.actions.reminding import Reminded, ask_to_check, send_reminders
from goldenthread.localoffer.actions.taxonomies import NewTerm, load_shipped_taxonomies, load_taxonomy
from goldenthread.localoffer.actions.writing import (
    discard_changes,
    go_back_to,
    save_draft,
    start_entry,
    submit,
)

__all__ = [
    "LoadReport",
    "NewTerm",
    "Reminded",
    "apply_file",
    "archive",
    "ask_to_check",
    "check_file",
    "clear_files",
    "confirm_checked",
    "discard_changes",
    "give_file",
    "go_back_to",
    "invite_provider",
    "leave_as_it_is",
    "leave_file",
    "link_provider",
    "load_documents",
    "load_shipped_taxonomies",
    "load_taxonomy",
    "look_for_duplicates",
    "mark_different",
    "match_register",
    "merge_entries",
    "pause",
    "publish",
    "publish_due",
    "reopen",
    "restore",
    "save_draft",
    "save_organization",
    "schedule",
    "send_back",
    "send_reminders",
    "start_entry",
    "start_from_register",
    "start_loading",
    "start_organization",
    "submit",
    "take_over",
    "undo_merge",
    "unlink_provider",
    "unschedule",
]
