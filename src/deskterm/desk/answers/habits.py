"""Answers that the owner keeps typing, and making macros of them."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from deskterm.desk.reply import text as writing
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.ticket_context import load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.desk_state import ProgressReporter
from deskterm.domain.liquid import facts
from deskterm.domain.orders.order import Money
from deskterm.domain.people.greeting import first_name
from deskterm.domain.playbook import Fact
from deskterm.domain.suggest.habit_text import SentText, habit_text
from deskterm.domain.suggest.habits import find_habits
from deskterm.domain.suggest.origin import Origins
from deskterm.domain.suggest.trust import OfferOutcome, shares
from deskterm.domain.text import line
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.intake import learning
from deskterm.storage import desk_changes, desk_facts, tickets
from deskterm.storage.answers import lessons, sent
from deskterm.storage.answers.sent import SentAnswer
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass

_TEXTS, _QUESTIONS = 20, 3  # of an answer: texts compared, questions shown
_LEFT = "answers not wanted"  # a fact in the database
_LATELY = 90 * 86400
_COMPARING = "Comparing what you have sent"
_SHORTEST = 3  # letters of a value to search for in a text
_TELLING = (
    "customer.name", "customer.first_name", "order.number", "order.total", "order.refund", "order.items",
    "order.date", "order.refund_date", "tracking.number", "tracking.url", "tracking.carrier",
    "tracking.shipped", "tracking.delivered", "tracking.last_scan",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habit:
    """An answer typed again and again: how often, as a macro, and some questions it answered."""

    title: str
    body: str
    count: int
    questions: tuple[str, ...]
    category: str
    answers: tuple[int, ...]  # messages


@dataclass(frozen=True, slots=True)
class Evening:
    """Result of reading the sent mail: how many answers were read, and those typed again and again."""

    read: int
    habits: tuple[Habit, ...]

    @property
    def words(self) -> str:
        """`14 typed again and again, of 4,000 answers read`."""
        return f"{len(self.habits)} typed again and again, of {self.read:,} answers read"


class Habits:
    """Finds them and makes macros of them."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def find(self, reporter: ProgressReporter | None = None) -> Evening:
        """Read the answers sent by hand and group equal texts. Takes seconds for thousands."""
        shop, reporter = self._shop, reporter or ProgressReporter()
        reporter.begin("Reading what you have sent")
        origins = Origins(shop.playbook.current().macros.values())
        with shop.db.read() as tx:
            listed = sent.by_hand(tx, learning.ANSWERS)
            left = frozenset(json.loads(desk_facts.get_fact(tx, _LEFT, "[]")))
        store = shop.settings.shop
        texts = [writing.remove_sign_off(one.text, store) for one in listed]
        reporter.begin("Reading what you have sent", len(texts))
        watched = enumerate(reporter.each(texts, then=_COMPARING))
        own = [place for place, text in watched if not origins.macro_of(text)]
        groups = find_habits([texts[place] for place in own])
        found = [[listed[own[place]] for place in group] for group in groups]
        with shop.db.read() as tx:
            habits = [
                describe_habit(tx, shop, group)
                for group in found
                if not left & {one.message for one in group}
            ]
        return Evening(len(listed), tuple(habits))

    def news(self) -> str:
        """What the first sync found, in words; given once, then empty. Names the command as `{habits}`."""
        with self._shop.db.read() as tx:
            found = desk_facts.get_fact(tx, learning.HABITS)
        if not found:
            return ""
        with self._shop.db.write() as tx:
            desk_facts.set_fact(tx, learning.HABITS, "")
        read, count = json.loads(found)
        return f"{read:,} answers read: {count} you keep typing. {{habits}} shows them." if count else ""

    def shares(self, now: int) -> dict[OfferOutcome, float]:
        """The outcomes of the answers suggested first in the last 90 days, as shares of those replies."""
        with self._shop.db.read() as tx:
            return shares(lessons.outcomes(tx, now - _LATELY, now + 1))

    def keep(self, habit: Habit) -> Done:
        """Make a macro of it, as a new file; its questions are learned at once."""
        name = self._write(habit)
        with self._shop.db.write() as tx:
            asked = sent.questions_before(tx, sent.by_ids(tx, habit.answers))
            lessons.relabel(tx, [question for question, _ in asked], name)
            file = self._shop.home.config_folder / "macros" / f"{name}.md"
            files = {file: (None, desk_changes.text_of(file))}
            made = desk_changes.note(tx, f"made the macro {name}", files=files)
        return Done(f"macros/{name}.md written: {habit.title}", made)

    def leave(self, habit: Habit) -> Done:
        """Do not show it again."""
        with self._shop.db.write() as tx:
            left = json.loads(desk_facts.get_fact(tx, _LEFT, "[]"))
            desk_facts.set_fact(tx, _LEFT, json.dumps([*left, habit.answers[0]]))
        return Done("It will not be shown again")

    def _write(self, habit: Habit) -> str:
        """Write the file under a free name. NotNow if it cannot be written."""
        folder = self._shop.home.config_folder / "macros"
        stem = _stem(habit.title)
        names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
        name = next(one for one in names if not (folder / f"{one}.md").exists())
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / f"{name}.md").write_text(as_file(habit), "utf-8")
        except OSError as error:
            raise NotNow(f"The macro cannot be written: {error.strerror}.") from error
        return name


def as_file(habit: Habit) -> str:
    """A habit as the text of a macro file."""
    front = [f"title: {json.dumps(line(habit.title), ensure_ascii=False)}"]
    if habit.category:
        front.append(f"category: {json.dumps(habit.category, ensure_ascii=False)}")
    return "---\n" + "\n".join(front) + f"\n---\n{habit.body}\n"


def describe_habit(tx: Tx, shop: DeskContext, group: list[SentAnswer]) -> Habit:
    """A group of equal answers as a macro."""
    looked_at = group[:_TEXTS]
    store = shop.settings.shop
    texts = [
        SentText(writing.remove_sign_off(one.text, store), _known_values(tx, shop, one.ticket))
        for one in looked_at
    ]
    made = habit_text(texts)
    asked = dict.fromkeys(text for _, text in sent.questions_before(tx, looked_at))
    category = Counter(tickets.get(tx, one.ticket).category for one in looked_at).most_common(1)[0][0]
    return Habit(
        made.title,
        made.body,
        len(group),
        tuple(asked)[:_QUESTIONS],
        category,
        tuple(one.message for one in group),
    )


def _known_values(tx: Tx, shop: DeskContext, ticket_id: int) -> dict[str, str]:
    """What is known of a ticket's customer and order, as text: each value with its placeholder."""
    at = load_context(tx, ticket_id)
    found = options(tx, at)
    name = at.customer.name
    known: dict[str, Fact] = {"customer.name": Fact(name), "customer.first_name": Fact(first_name(name))}
    for option in found[:1]:
        known |= facts.order_facts(option.order)
    return {text: f"{{{{ {name} }}}}" for name, text in _values(shop, known) if len(text) >= _SHORTEST}


def _values(shop: DeskContext, known: Mapping[str, Fact]) -> Iterable[tuple[str, str]]:
    """The identifying facts as text: dates and amounts are formatted."""
    for name in _TELLING:
        value = known.get(name, Fact(None)).value
        if isinstance(value, Money):
            yield name, shop.formats.money(value)
        elif isinstance(value, int):
            yield name, shop.formats.date(value)
        elif isinstance(value, str):
            yield name, value


def _stem(title: str) -> str:
    """A name for the file: `we-have-opened-a-trace`."""
    words = re.findall(r"[a-z0-9]+", title.casefold())[:6]
    return "-".join(words) or "answer"
