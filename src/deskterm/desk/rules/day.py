"""The day switches: holiday mode, a notice, holding a macro's letters, the 72-hour clock."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from deskterm.desk.reply.text import macro_called
from deskterm.desk.rules.rules import Rules
from deskterm.desk.rules.stored_day import DAY, clock_words, read_day
from deskterm.desk.shop import DeskContext
from deskterm.domain.outbox_states import Ending
from deskterm.domain.rules.day import CLOCK_HOURS, DayState, to_text
from deskterm.domain.rules.letters import LetterKind
from deskterm.domain.text import block
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.intake.planned_replies import hold_back
from deskterm.storage import desk_changes, desk_facts
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Tx

HELD = "its macro is held"
_KEPT = "is saved, but no active rule sends an acknowledgement that says it"
_MOST = 2_000  # characters of a notice


class Day:
    """The day switches; macros, the review and the outbox follow them."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def state(self, now: int) -> DayState:
        """What is switched on; a holiday that is over is not."""
        with self._shop.db.read() as tx:
            state = read_day(tx)
        here = not state.is_away(self._shop.formats.local(now).date())
        return replace(state, away_until="") if here else state

    def go_away(self, until: str, now: int) -> Done:
        """Be away up to and including a day (`2026-12-27`); letters say so. NotNow for a past day."""
        try:
            day = date.fromisoformat(until.strip())
        except ValueError as error:
            raise NotNow(f"“{until}” is not a date.", todo="Write it like 2026-12-27.") from error
        if day < self._shop.formats.local(now).date():
            raise NotNow(f"{until} is past.", todo="Name the last day you are away.")
        made = self._put(
            lambda state: replace(state, away_until=day.isoformat()), f"away until {day.isoformat()}"
        )
        says = "the acknowledgement says so" if self._sends("day.back", now) else f"it {_KEPT}"
        return Done(f"Away until {day.isoformat()}; {says}", made)

    def come_back(self) -> Done:
        """End holiday mode."""
        return Done("Back again", self._put(lambda state: replace(state, away_until=""), "back again"))

    def set_notice(self, text: str, now: int) -> Done:
        """Put a text into each acknowledgement, for example while the shop is down; an empty one removes it.

        Says so if no active rule sends a letter with it.
        """
        words = block(text).strip()[:_MOST]
        made = self._put(lambda state: replace(state, notice=words), "changed the notice")
        if not words:
            return Done("The notice is removed from the acknowledgement", made)
        sent = "is in each acknowledgement in its language" if self._sends("day.notice", now) else _KEPT
        return Done(f"The notice {sent}", made)

    def _sends(self, fact: str, now: int) -> bool:
        """Whether an active rule acknowledges mail with a letter that says this fact, and is not held."""
        macros, held = self._shop.playbook.current().macros, self.state(now).held
        letters = (one.effects.letter for one in Rules(self._shop).read(now).rules if one.on)
        return any(
            letter.kind is LetterKind.ACKNOWLEDGE
            and letter.macro not in held
            and fact in macros[letter.macro].body
            for letter in letters
            if letter is not None
        )

    def hold(self, macro_id: str, now: int) -> Done:
        """Send no letter of a macro until it is released; queued ones become drafts. Raises NotFound."""
        macro = macro_called(self._shop, macro_id)
        with self._shop.db.write() as tx:
            held = tuple(dict.fromkeys((*read_day(tx).held, macro.id)))
            made = _put(tx, replace(read_day(tx), held=held), f"held the letters of {macro.id}")
            waiting = [one for one in outbox.queued_of_macro(tx, macro.id) if one.sent_at is None]
            for row in waiting:
                hold_back(tx, row, HELD, now)
            endings = Counter(outbox.get(tx, row.id).ending for row in waiting)
        drafts, dropped = endings[Ending.HELD_BACK], endings[Ending.DROPPED]
        words = [f"Letters of {macro.id} are held"]
        again = "is a draft again" if drafts == 1 else "are drafts again"
        words += [f"{drafts} in the outbox {again}"] * bool(drafts)
        words += [f"{dropped} of rules {'is' if dropped == 1 else 'are'} not sent"] * bool(dropped)
        return Done("; ".join(words), made)

    def release(self, macro_id: str) -> Done:
        """Send letters of a macro again; what became a draft stays one. NotNow if it is not held."""
        with self._shop.db.write() as tx:
            state = read_day(tx)
            if macro_id not in state.held:
                raise NotNow(f"Letters of {macro_id} are not held.", todo=_say_held(state.held))
            held = tuple(one for one in state.held if one != macro_id)
            made = _put(tx, replace(state, held=held), f"released the letters of {macro_id}")
        return Done(f"Letters of {macro_id} may go out again; those made drafts stay drafts", made)

    def start_clock(self, now: int) -> Done:
        """Start the clock: personal data was leaked, and the authority must be told in time."""
        made = self._put(
            lambda state: replace(state, clock_from=state.clock_from or now), "started the clock"
        )
        return Done(f"The {CLOCK_HOURS}-hour clock runs; the status line counts it down", made)

    def stop_clock(self) -> Done:
        """Stop the clock."""
        return Done(
            "The clock is stopped", self._put(lambda state: replace(state, clock_from=0), "stopped the clock")
        )

    def clock_words(self, now: int) -> str:
        """The status line's words for the clock; empty if it does not run."""
        return clock_words(self._shop, now)

    def _put(self, change: Callable[[DayState], DayState], words: str) -> int:
        """Change the day switches; gives the action that undoes it."""
        with self._shop.db.write() as tx:
            return _put(tx, change(read_day(tx)), words)


def _say_held(held: tuple[str, ...]) -> str:
    return f"Held: {', '.join(held)}." if held else "No macro is held."


def _put(tx: Tx, state: DayState, words: str) -> int:
    was, now = desk_facts.get_fact(tx, DAY), to_text(state)
    desk_facts.set_fact(tx, DAY, now)
    return desk_changes.note(tx, words, facts={DAY: (was, now)})
