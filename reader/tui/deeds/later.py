"""What no one needs before the first headlines are on the screen: imported behind them, or by the first key that means one of these."""

from collections.abc import Callable

from reader.tui.deeds.commanding import Commanding
from reader.tui.deeds.finding import Finding
from reader.tui.deeds.following import Following
from reader.tui.deeds.glancing import Glancing
from reader.tui.deeds.judging import Judging
from reader.tui.deeds.jumping import Jumping
from reader.tui.deeds.keeping import Keeping
from reader.tui.deeds.knowing import Knowing
from reader.tui.deeds.looking import Looking
from reader.tui.deeds.noting import Noting
from reader.tui.deeds.queueing import Queueing
from reader.tui.deeds.selecting import Selecting
from reader.tui.deeds.sending import Sending
from reader.tui.deeds.sorting import Sorting
from reader.tui.desk import Deeds, Desk

LATER: tuple[Callable[[Desk], Deeds], ...] = (
    Judging, Selecting, Noting, Queueing, Looking, Glancing, Knowing, Keeping, Commanding, Finding, Following, Sending, Sorting, Jumping,
)  # fmt: skip
