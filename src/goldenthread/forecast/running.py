"""What the parts that run the engine many times ask of it, so that they can be tried without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from goldenthread.forecast.edits import Edits
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.parallel import Progress, Stop, run_tasks
from goldenthread.forecast.result import Result

_Task = TypeVar("_Task")
_Done = TypeVar("_Done")


class Simulate(Protocol):
    """The engine: `parallel.simulate`."""

    def __call__(
        self,
        inputs: Inputs,
        edits: Edits | None = None,
        *,
        simulations: int = ...,
        seed: int = ...,
        baseline: Result | None = ...,
    ) -> Result:
        """Run `inputs` under `edits`."""
        ...


def watched(
    work: Callable[[_Task], _Done],
    tasks: Sequence[_Task],
    *,
    workers: int,
    progress: Progress | None,
    stop: Stop | None,
) -> Iterator[_Done]:
    """Do all tasks, each run of the engine whole on one worker, and tell the progress bar after each.

    Raises `parallel.Stopped` if `stop` says so.
    """
    if progress is not None:
        progress(0, len(tasks))
    results = run_tasks(work, tasks, min(workers, len(tasks)), None, stop)
    for done, result in enumerate(results, start=1):
        if progress is not None:
            progress(done, len(tasks))
        yield result
