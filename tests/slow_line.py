"""A line that is slow in both ways at once: few bytes a second, and a delay. It knows of no program and no terminal."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

_PIECE_BYTES = 200
"""What comes at once: a small part of what comes in a second."""


@dataclass
class SlowLine:
    """What a program writes, on its way to the person; nothing is lost and nothing overtakes."""

    bytes_per_second: float
    delay_seconds: float
    """One way."""
    _under_way: deque[tuple[float, bytes]] = field(default_factory=deque)
    _free_at: float = 0.0
    """When the last of what was written will have been sent."""

    def send(self, now: float, written: bytes) -> None:
        """Takes what was written."""
        for start in range(0, len(written), _PIECE_BYTES):
            piece = written[start : start + _PIECE_BYTES]
            self._free_at = max(self._free_at, now) + len(piece) / self.bytes_per_second
            self._under_way.append((self._free_at + self.delay_seconds, piece))

    @property
    def next_arrival(self) -> float | None:
        """When more will have come; None for never, as it stands."""
        return self._under_way[0][0] if self._under_way else None

    def arrived(self, now: float) -> bytes:
        """What has come since it was asked last."""
        come = bytearray()
        while self._under_way and self._under_way[0][0] <= now:
            come += self._under_way.popleft()[1]
        return bytes(come)
