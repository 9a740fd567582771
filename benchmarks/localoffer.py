"""Finding a service among 2,000 and among SIZE: time, slips, synonyms, and pages at 20 requests a second.

The services are of the demonstration's kind; the questions stand in _localoffer/golden.toml. Times of the
search are inside the server. Pages are asked of a real site with two workers, for five minutes unless
`--minutes` says otherwise (0 leaves them out), and timed from the moment they were due.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from benchmarks._localoffer import golden, serving

NEEDS_DATABASE = True
SMALL: Final = 2_000
CHUNK: Final = 5_000
SEED: Final = 4
MINUTES: Final = 5.0


def run(size: int = 50_000) -> dict[str, Any]:
    """The figures of each size, then of the pages at the larger one."""
    from goldenthread.demo.localoffer.generator import documents

    logging.getLogger("goldenthread.requests").setLevel(logging.WARNING)
    left = iter(documents(size, SEED))
    figures: dict[str, Any] = {}
    _prepare()
    before = 0
    for number in dict.fromkeys((min(SMALL, size), size)):
        label = f"{number:,}: "
        took = _load(islice(left, number - before))
        before = number
        figures |= {f"{label}{what}": value for what, value in (took | _searched()).items()}
    minutes = float(os.environ.get("GT_BENCH_MINUTES", MINUTES))
    if minutes:
        figures |= {"minutes": minutes, **serving.measured(minutes)}
    return figures


def _prepare() -> None:
    """The terms, and the entries that make every pair of synonyms measurable."""
    from django.core.management import call_command

    from goldenthread.core.actors import System
    from goldenthread.localoffer.actions import load_documents

    call_command("load_taxonomies", verbosity=0)
    load_documents(by=System.DEMONSTRATION, documents=golden.documents())


def _load(left: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """Load services, so many in a transaction; seconds for all, and for making the index of them anew."""
    from goldenthread.core.actors import System
    from goldenthread.core.db import learn_sizes
    from goldenthread.localoffer.actions import load_documents
    from goldenthread.localoffer.search import indexing, memory

    began = time.perf_counter()
    while chunk := list(islice(left, CHUNK)):
        report = load_documents(by=System.DEMONSTRATION, documents=chunk)
        if report.left_out:
            raise RuntimeError(f"{len(report.left_out)} services were left out: {report.problems[:3]}")
    learn_sizes()
    loaded = time.perf_counter()
    indexing.reindex()
    indexed = time.perf_counter()
    memory.current()
    read = time.perf_counter()
    return {
        "load s": round(loaded - began, 1),
        "index made anew s": round(indexed - loaded, 1),
        "index read into memory s": round(read - indexed, 2),
    }


def _searched() -> dict[str, Any]:
    return {**golden.times(), **golden.slip_recall(), **golden.synonym_recall()}
