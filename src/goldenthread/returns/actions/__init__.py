"""Writes of the returns room: a file is given, loaded or only checked, cancelled, marked as broken off."""

from goldenthread.returns.actions.clearing import clear_files, mark_interrupted
from goldenthread.returns.actions.reading import take_report
from goldenthread.returns.actions.running import Tell, run_import
from goldenthread.returns.actions.starting import (
    LIMIT,
    Upload,
    begin_import,
    cancel_import,
    give_again,
    give_file,
)

__all__ = [
    "LIMIT",
    "Tell",
    "Upload",
    "begin_import",
    "cancel_import",
    "clear_files",
    "give_again",
    "give_file",
    "mark_interrupted",
    "run_import",
    "take_report",
]
