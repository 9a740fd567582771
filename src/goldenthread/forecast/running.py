"""What the parts that run the engine many times ask of it, so that they can be tried without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from goldenthread.forecast.edits import Edits
from goldenthread.forecast.inputs import Inputs
from goldenthread.forecast.result import Result

Progress = Callable[[int, int], None]  # runs done, of how many
Stop = Callable[[], bool]  # true when the run should end


class Simulate(Protocol):
    """The engine: `parallel.simulate`."""

    def __call__(
        self,
        inputs: Inputs,
        edits: Edits | None = None,
        *,
        simulations: int = ...,
        seed: int = ...,
        workers: int = ...,
        baseline: Result | None = ...,
    ) -> Result:
        """Run `inputs` under `edits`."""
        ...


class StoppedError(RuntimeError):
    """A long run was stopped by the person who began it: there is no result."""


class Counter:
    """Counts runs for the progress bar and asks, before each, whether to go on."""

    def __init__(self, total: int, progress: Progress | None, stop: Stop | None) -> None:
        self.done, self.total = 0, total
        self._progress, self._stop = progress, stop
        self._report()

    def check(self) -> None:
        """Raise StoppedError if the run should end."""
        if self._stop is not None and self._stop():
            raise StoppedError(f"Stopped after {self.done} of {self.total} runs.")

    def advance(self) -> None:
        """One run more is done."""
        self.done += 1
        self._report()

    def _report(self) -> None:
        if self._progress is not None:
            self._progress(self.done, self.total)
