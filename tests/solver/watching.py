"""Watches for tests."""

import time
from dataclasses import dataclass


@dataclass
class Patient:
    """As much time as is asked for, always."""

    seconds: float = 60.0

    def seconds_left(self) -> float:
        return self.seconds

    def at(self, done: int, total: int) -> None:
        del done, total


class Hurried(Patient):
    """So many seconds from now; what is found by then must be right all the same."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self._end = time.monotonic() + seconds

    def seconds_left(self) -> float:
        return self._end - time.monotonic()
