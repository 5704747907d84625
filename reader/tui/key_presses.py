"""Every key in the order it was typed, to wherever the keys before it have led.

    key ─┬▶ a screen over the page        held, while the list that it is about
         ├▶ the drawer                    is still being asked for, or a screen
         ├▶ an action, by the keymap      has the key before it in hand: no key
         └▶ the text of the filter        ever falls on what it wasn't typed for
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

from textual import events
from textual.message import Message

from reader.tui.desk import Desk
from reader.tui.filter_bar import Outcome
from reader.tui.key_way import when_done
from reader.tui.keymap import Command, Pending, spelling
from reader.tui.modal import Modal
from reader.tui.work_messages import Answered

HELD_SECONDS = 2.0
"""A key is held for as long as this, and then left out: nobody means it any more."""

_LEAVING = ("quit", "close", "suspend")
"""What is about no list and no completion: nobody has to wait for one to be able to leave, only for what a key before it has begun."""


@dataclass
class KeyPressed(Message):
    """A key. All keys go to one place first, because only there it is known what the ones before have done."""

    event: events.Key
    pass_on: Callable[[events.Key], Awaitable[None]]
    """Gives the key to the widget that has the focus."""
    at: float = field(default_factory=monotonic)


class KeyPresses:
    """Presses keys on one desk."""

    def __init__(self, desk: Desk, edit: Callable[[str], None], filter_done: Callable[[Outcome], None]) -> None:
        """`edit` takes the filter as it is typed, `filter_done` is told what its keys have led to."""
        self._desk = desk
        self._edit = edit
        self._filter_done = filter_done
        self._held: deque[KeyPressed] = deque()
        self._rest: deque[str] = deque()
        """What a macro has still to do."""
        self._given_up = -1
        """The question that keys are not held for any more."""
        self._is_under_way = False
        """Whether a screen over the page has yet to do what the last key meant, or to show what the next is about."""
        self._sent = 0
        """Keys that such screens were sent, or opened by."""

    @property
    def are_held(self) -> bool:
        """Whether keys wait."""
        return bool(self._held)

    async def take(self, pressed: KeyPressed) -> None:
        """Presses a key after all before it."""
        self._held.append(pressed)
        await self.release()
        if self._held and self._held[-1] is pressed:
            self._desk.screen.set_timer(HELD_SECONDS, self._leave_out)

    async def release(self) -> None:
        """Presses what is held, as far as nothing has to be waited for; before that, what is left of a macro."""
        if self._rest and self._desk.awaited is None:
            self._do_rest()
        while self._held and not self._must_wait(self._held[0].event):
            await self._press(self._held.popleft())

    def _must_wait(self, event: events.Key) -> bool:
        """Whether the next key is about a list or completions, or comes after a command, that are not there yet."""
        desk, top = self._desk, self._desk.screen.app.screen
        if self._is_under_way:
            return not (event.key == "escape" and isinstance(top, Modal) and not top.is_filled)
        if top is not desk.screen:
            return False
        if desk.has_drawer and desk.drawer is not None:
            return desk.drawer.is_waiting
        if desk.place == "filter":
            is_about_late = desk.bar.is_waiting and event.key != "escape"
        else:
            is_about_late = desk.session.is_waiting and desk.session.generation != self._given_up
        if is_about_late and desk.keymap.begins(spelling(event.key, event.character), desk.place) in _LEAVING:
            is_about_late = False
        return is_about_late or desk.awaited is not None

    def _leave_out(self) -> None:
        """Drops keys that were typed long before their list has come; it is waited for no longer."""
        late = [pressed for pressed in self._held if monotonic() - pressed.at >= HELD_SECONDS]
        if late:
            count, top = len(self._held), self._desk.screen.app.screen
            self._held.clear()
            if isinstance(top, Modal):
                top.is_filled = True
            self._rest.clear()
            self._desk.bar.wait_no_longer()
            self._given_up, self._desk.awaited, self._is_under_way = self._desk.session.generation, None, False
            self._desk.complain(f"still searching; {count} key{'' if count == 1 else 's'} left out")

    async def _press(self, pressed: KeyPressed) -> None:
        """Does what the key means in the place that the keys before it have led to."""
        desk, event = self._desk, pressed.event
        if desk.screen.app.screen is not desk.screen:
            if not self._works_anywhere(event):
                await pressed.pass_on(event)
                self._follow_up()
            return
        if desk.has_drawer and desk.drawer is not None and desk.drawer.wants(event.key, event.character):
            if not self._works_anywhere(event):
                desk.drawer.press(event.key, event.character)
            return
        if desk.place == "article":
            # A key behind one that leads to another article is about that one.
            desk.follow()
        meant = desk.keymap.feed(spelling(event.key, event.character), desk.place)
        desk.footer.pending = meant.typed if isinstance(meant, Pending) else ""
        if isinstance(meant, Command):
            if desk.status.has_class("-wrong"):
                desk.status.clear()
            self._do(meant)
        elif meant is None and desk.place == "filter":
            await self._press_in_filter(pressed)

    def _works_anywhere(self, event: events.Key) -> bool:
        """Whether a key was one that works wherever text is typed, and has done it."""
        meant = self._desk.keymap.feed(spelling(event.key, event.character), "filter")
        if isinstance(meant, Command):
            self._do(meant)
        return meant is not None

    def _do(self, meant: Command) -> None:
        self._desk.do(meant.action, meant.count)
        self._rest.extend(meant.then)
        self._do_rest()

    def _do_rest(self) -> None:
        """Goes on with a macro, as far as nothing has to be waited for."""
        while self._rest and self._desk.awaited is None:
            self._desk.do(self._rest.popleft(), None)
        self._follow_up()

    async def tell(self, answered: Answered) -> None:
        """Gives what is known to whoever wanted it; where that was a key, the keys behind it come after what it does then."""
        awaited = self._desk.awaited
        answered.tell()
        if awaited is not None and self._desk.awaited is not awaited:
            self._follow_up()
        await self.release()

    def _follow_up(self) -> None:
        """Holds the keys that follow until the screen over the page, where there is one, has done what this one meant."""
        top = self._desk.screen.app.screen
        if isinstance(top, Modal):
            self._is_under_way, self._sent = True, self._sent + 1
            when_done(top, partial(top.when_filled, partial(self._desk.screen.call_later, self._done, self._sent)))

    async def _done(self, sent: int) -> None:
        """Presses what was held behind a key, unless another was sent meanwhile."""
        if sent == self._sent:
            self._is_under_way = False
            await self.release()

    async def _press_in_filter(self, pressed: KeyPressed) -> None:
        """Types at once, so that the keys behind Enter find the list being asked."""
        bar = self._desk.bar
        outcome = bar.press(pressed.event.key, pressed.event.character)
        if outcome == "unknown":
            await pressed.pass_on(pressed.event)
        elif bar.text != self._desk.session.text:
            self._edit(bar.text)
        self._filter_done(outcome)
