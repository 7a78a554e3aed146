"""The rules in their order, with the day switches above: try, switch, move or edit them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.desk.action_words import sentence
from deskterm.domain.rules.letters import LetterEnding, LetterKind
from deskterm.domain.rules.rule import Rule, RulesRead
from deskterm.domain.rules.trial import Trial, TrialTicket
from deskterm.domain.views import Done
from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.lend_terminal import lend_terminal
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.figure_tickets import FigureTicketsScreen
from deskterm.screens.rules.day_switches import DaySwitch, day_switches, switch_day
from deskterm.screens.rules.edit_file import edit_file
from deskterm.screens.ticket_groups import TicketGroup
from deskterm.widgets.drawing.cells import fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line, spread
from deskterm.widgets.rows import Item, Rows

_NONE = (
    "No rules yet: {starter-rules} adds the starter rules, all off; {edit-rules} opens your own "
    "(docs/rules.md). Nothing runs before you switch it on."
)
_NUMBER, _STATE, _NAME, _RAN = 4, 5, 37, 26
_WIDE = 100  # cells from which what a rule does stands beside its name
_LISTED = 12  # tickets named in one line


class RuleKey(NamedTuple):
    """The key of a rule's row."""

    name: str


class TrialScreen(FigureTicketsScreen):
    """The tickets a rule would have run on; `s` switches the rule on or off."""

    WHERE = Where.TRIAL
    PLACE = "rules"
    CSS_PATH = "../figure_tickets.tcss"

    def __init__(self, work: Work, group: TicketGroup, switch: Callable[[], Awaitable[Done]]) -> None:
        super().__init__(work, group)
        self._switch = switch

    async def do_switch_rule(self) -> None:
        """Switch the rule that was tried."""
        done = await self._switch()
        self.tell(done.words, action=done.action)


class RulesScreen(ListScreen[None]):
    """What runs by itself. Enter tries a rule on the last 90 days, `s` switches it on or off."""

    WHERE = Where.RULES
    PLACE = "rules"
    CSS_PATH = "../outbox.tcss"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.found = RulesRead()
        self.switches: tuple[DaySwitch, ...] = ()
        self.ran: dict[str, str] = {}

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Rows(ident="rows")

    def refresh_desk(self) -> None:
        """Read the file and the switches again."""
        desk, now = self.work.desk, self.work.now()
        self.found = desk.automation.rules.read(now)
        self.switches = day_switches(self.work)
        runs, endings = desk.automation.rules.runs(now), desk.automation.rules.endings(now)
        self.ran = {
            one.name: _say_runs(runs.get(one.name, 0), endings.get(one.name, {})) for one in self.found.rules
        }
        self.rows.show(self._items)

    def _items(self, width: int) -> list[Item]:
        return [*self._day_items(width), *self._rule_items(width), *self._problem_items(width)]

    def _day_items(self, width: int) -> Iterable[Item]:
        yield Item((DrawnLine.of("  Day switches", "soft"),))
        for one in self.switches:
            shade = "amber" if one.on else "dim"
            head = [Bit(" " * _NUMBER), Bit(fit("on" if one.on else "off", _STATE), shade)]
            head.append(Bit(fit(one.title, _NAME), bold=one.on))
            yield Item(tuple(_beside_or_below(head, one.words, width)), one.id)

    def _rule_items(self, width: int) -> Iterable[Item]:
        how = "the first match runs" if self.found.first_only else "every match runs, in order"
        may = (
            "they may send"
            if self.found.sending
            else self.work.with_keys("`send` leaves drafts: {let-send} lets it send")
        )
        head = wrap(f"Rules: {how}; {may}", width - 4)
        yield Item((DrawnLine(), *(DrawnLine.of("  " + text, "soft") for text in head)))
        if not self.found.rules and not self.found.problems:
            yield Item(
                tuple(
                    DrawnLine.of("    " + text, "dim") for text in wrap(self.work.with_keys(_NONE), width - 8)
                )
            )
        for number, rule in enumerate(self.found.rules, 1):
            yield self._rule_item(number, rule, width)

    def _rule_item(self, number: int, rule: Rule, width: int) -> Item:
        does = rule.effects.words + (" (stops here)" if rule.last and not self.found.first_only else "")
        head = [
            Bit(fit_right(str(number), _NUMBER - 1) + " ", "dim"),
            Bit(fit("on" if rule.on else "off", _STATE), "green" if rule.on else "dim"),
            Bit(fit(rule.name, _NAME - 2) + "  ", bold=rule.on),
        ]
        ran = self.ran.get(rule.name, "")
        drawn = [*_beside_or_below(head, does, width, ran), *_below(f"when {rule.when}", width, "dim")]
        return Item(tuple(drawn), RuleKey(rule.name))

    def _problem_items(self, width: int) -> Iterable[Item]:
        for name, words in self.found.problems:
            texts = wrap(f"{name}: {words}", width - 6)
            yield Item((DrawnLine(), *(DrawnLine.of("    " + text, "red") for text in texts)))

    # its keys

    @property
    def rule_name(self) -> str:
        """The rule under the cursor; empty on a switch."""
        key = self.rows.key
        return key.name if isinstance(key, RuleKey) else ""

    def do_open_row(self) -> None:
        """What a click on a row does."""
        self.do_try_rule()

    def do_try_rule(self) -> None:
        """Try the rule and list its tickets; on a switch, switch it."""
        if self.rule_name:
            self.run_worker(tell_failures(self, self._try(self.rule_name)), group="trial", exclusive=True)
        else:
            self.run_worker(tell_failures(self, self.do_switch_rule()), group="switch", exclusive=True)

    async def _try(self, name: str) -> None:
        self.tell("Trying it on the last 90 days …")
        trial = await self.work.read(self.work.desk.automation.dry_run.try_out, name, self.work.now())
        tickets = sorted(trial.tickets, key=lambda one: (not one.otherwise, -one.row.last_at))
        group = TicketGroup(
            f"Tried: {name}", tuple(_explain(trial)), tuple(one.row.ticket_id for one in tickets)
        )
        self.app.push_screen(TrialScreen(self.work, group, partial(self._switch, name)))

    async def do_switch_rule(self) -> None:
        """Switch the rule or switch under the cursor."""
        if isinstance(self.rows.key, str):
            changed = await switch_day(self.front, self.rows.key)
            if changed:
                self.front.show_change(changed)
        elif self.rule_name:
            done = await self._switch(self.rule_name)
            self.tell(done.words, action=done.action)

    async def _switch(self, name: str) -> Done:
        """Switch a rule on, or off. Raises NotFound if the file has lost it."""
        rules, now = self.work.desk.automation.rules, self.work.now()
        self.found = rules.read(now)
        rule = next((one for one in self.found.rules if one.name == name), None)
        done = await asyncio.to_thread(rules.turn, name, now, on=rule is None or not rule.on)
        letters = self.work.with_keys(_say_sending(rule, self.found)) if rule else ""
        self.refresh_desk()
        return replace(done, words=done.words + letters)

    async def do_let_send(self) -> None:
        """Let rules with `send` send, or only leave drafts."""
        words = self.work.with_keys("Rules will then send letters without you: {let-send} again lets them.")
        if not self.found.sending and self.front.asks_again("let-send", 0, words):
            return
        done = await asyncio.to_thread(self.work.desk.automation.rules.let_send, on=not self.found.sending)
        self.refresh_desk()
        self.tell(done.words, action=done.action)

    async def do_rule_up(self) -> None:
        """Move the rule up."""
        await self._move(-1)

    async def do_rule_down(self) -> None:
        """Move the rule down."""
        await self._move(1)

    async def _move(self, by: int) -> None:
        if self.rule_name:
            done = await asyncio.to_thread(
                self.work.desk.automation.rules.move, self.rule_name, by, self.work.now()
            )
            self.refresh_desk()
            self.tell(done.words, action=done.action)

    async def do_starter_rules(self) -> None:
        """Add the starter rules."""
        done = await asyncio.to_thread(self.work.desk.automation.rules.add_starter, self.work.now())
        self.refresh_desk()
        self.tell(done.words, action=done.action)

    def do_edit_rules(self) -> None:
        """Open the rules file in the owner's editor."""
        with lend_terminal(self.app):
            edit_file(self.work.desk.automation.rules.make_file())
        self.refresh_desk()
        wrong = len(self.found.problems)
        self.tell(f"{wrong} cannot be read; the reason is below." if wrong else "Every rule can run.")


def _explain(trial: Trial) -> Iterable[str]:
    """What a trial found: the tickets where the owner did something else, and those that get no letter."""
    yield f"{trial.words}."
    yield _list_tickets("You did otherwise with", [one for one in trial.tickets if one.otherwise])
    for why in dict.fromkeys(one.stopped for one in trial.tickets if one.stopped):
        yield _list_tickets(sentence(f"{why}:"), [one for one in trial.tickets if one.stopped == why])
    if trial.mails and trial.unknown:
        yield f"Not known of that time: {'; '.join(trial.unknown)}."


def _list_tickets(words: str, tickets: list[TrialTicket]) -> str:
    marks = [f"T{one.row.ticket_id}" for one in tickets[:_LISTED]]
    more = f" and {len(tickets) - _LISTED} more" if len(tickets) > _LISTED else ""
    return f"{words} {', '.join(marks)}{more}." if marks else ""


def _beside_or_below(head: list[Bit], words: str, width: int, ran: str = "") -> list[DrawnLine]:
    """A row with words behind its name, or, where the list is narrow, below it; `ran` stands at the right."""
    right = [Bit(fit_right(ran, _RAN), "dim")] if ran else []
    if width < _WIDE:
        return [spread(head, right, width - 2), *_below(words, width, "soft")]
    room = width - _NUMBER - _STATE - _NAME - 2 - _RAN * bool(ran)
    first, *rest = wrap(words, room)
    indent = Bit(" " * (_NUMBER + _STATE + _NAME))
    return [
        line(*head, Bit(fit(first, room), "soft"), *right),
        *(line(indent, Bit(text, "soft")) for text in rest),
    ]


def _below(words: str, width: int, shade: str) -> list[DrawnLine]:
    indent = _NUMBER + _STATE
    return [DrawnLine.of(" " * indent + text, shade) for text in wrap(words, width - indent - 2)]


def _say_runs(ran: int, endings: Mapping[LetterEnding, int]) -> str:
    """`ran 12, sent 3, drafted 2`."""
    sent = endings.get(LetterEnding.SENT, 0)
    left = (LetterEnding.DRAFTED, LetterEnding.AMBER, LetterEnding.SWITCHED_OFF)
    drafted = sum(endings.get(one, 0) for one in left)
    parts = [f"ran {ran}"] if ran else []
    parts += [f"sent {sent}"] if sent else []
    return ", ".join([*parts, *([f"drafted {drafted}"] if drafted else [])])


def _say_sending(rule: Rule, found: RulesRead) -> str:
    """What a rule that was just switched on does about letters."""
    letter = rule.effects.letter
    if rule.on or letter is None or letter.kind is LetterKind.DRAFT:
        return ""
    if letter.kind is LetterKind.SEND and not found.sending:
        return "; it leaves drafts until {let-send} lets rules send"
    return f"; at most {found.caps.an_address} a day to one address, {found.caps.a_day} in all"
