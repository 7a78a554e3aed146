"""The FAQ: entries from macros and notes, the page of them, and what each changed."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from deskterm.desk.knowledge.faq_files import FOLDER, read_entries, write_entry
from deskterm.desk.knowledge.questions import AskedTheme
from deskterm.desk.reply import text as writing
from deskterm.desk.shop import DeskContext
from deskterm.domain.documents.document import Block, Document, heading, text_block
from deskterm.domain.knowledge.faq import (
    SPAN,
    FaqAnswer,
    FaqEffect,
    FaqEntry,
    effect_of,
    find_letter_words,
    without_closing,
    without_greeting,
)
from deskterm.domain.knowledge.page_words import page_words
from deskterm.domain.knowledge.private import KnownPersons, find_private
from deskterm.domain.knowledge.themes import shared_by_most
from deskterm.domain.liquid import facts, fill
from deskterm.domain.messages import Direction
from deskterm.domain.people.language import language_of
from deskterm.domain.playbook import Fact
from deskterm.domain.views import Done
from deskterm.errors import NotFound, NotNow, PlaybookError
from deskterm.storage.answers import faq_facts, questions
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass

_MOST = 20_000  # questions


@dataclass(frozen=True, slots=True)
class FaqState:
    """All entries with their answers, and the files that cannot be used, each with why."""

    answers: tuple[FaqAnswer, ...]
    broken: tuple[tuple[str, str], ...] = ()

    @property
    def on_page(self) -> tuple[FaqAnswer, ...]:
        """The entries that go on the page: those that are published and hold nothing of one customer."""
        return tuple(one for one in self.answers if one.entry.since and not one.refused)


class Faq:
    """Entries are files; nothing but files is written, and the page holds nothing of a customer."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    @property
    def folder(self) -> Path:
        """Where the entries are."""
        return self._shop.home.config_folder / FOLDER

    def state(self) -> FaqState:
        """The entries as they stand."""
        entries, broken = read_entries(self.folder)
        with self._shop.db.read() as tx:
            known = self._persons(tx)
        return FaqState(tuple(self._answer(one, known) for one in entries), broken)

    def page(self) -> Document:
        """The page, by topic. NotNow where no entry can be printed."""
        printed = self.state().on_page
        if not printed:
            raise NotNow("No entry can be printed.", todo="`deskterm faq` lists them, and what is wrong.")
        topics = dict.fromkeys(one.entry.topic for one in printed)
        blocks: list[Block] = []
        for topic in topics:
            level = 3 if len(topics) > 1 and topic else 2
            blocks += [heading(topic)] if level == 3 else []  # noqa: PLR2004 - below a topic
            for one in printed:
                if one.entry.topic == topic:
                    blocks += [
                        heading(one.entry.question, level),
                        text_block(one.text, language_of(one.text)),
                    ]
        shop = self._shop.settings.shop
        contact = next(iter(shop.addresses), "")
        language = shared_by_most([language_of(f"{one.entry.question}\n{one.text}") for one in printed])
        language = language or self._language()
        words = page_words(language)
        lead = words.write_to.format(contact=contact) if contact else ""
        return Document(f"{shop.name}: {words.title}", lead, tuple(blocks), language)

    def add_macro(self, macro_id: str, question: str, now: int, topic: str = "") -> Done:
        """Make an entry of a macro. NotFound; NotNow with why its text is not for everybody."""
        macro = writing.macro_called(self._shop, macro_id)
        asked = question or macro.title
        return self._add(
            FaqEntry("", asked, "", macro.id, topic, macro.category, self._day(now), macro.words)
        )

    def add_note(self, ticket_id: int, question: str, now: int, topic: str = "") -> Done:
        """Make an entry of a ticket's newest note. NotFound; NotNow where it names a customer."""
        with self._shop.db.read() as tx:
            notes = [one for one in messages.of_ticket(tx, ticket_id) if one.direction is Direction.NOTE]
        if not notes:
            raise NotFound(f"T{ticket_id} has no note.", todo="Write the answer as a note: n.")
        return self._add(FaqEntry("", question, notes[-1].text.strip(), topic=topic, since=self._day(now)))

    def add_theme(self, asked: AskedTheme) -> Done:
        """Make a draft of what a theme was answered with: its macro, else the answer that is typed.

        It goes on no page before its file says since when.
        """
        theme = asked.theme
        if theme.macro in self._shop.playbook.current().macros:
            macro = writing.macro_called(self._shop, theme.macro)
            return self._add(
                FaqEntry("", theme.question, macro=macro.id, category=macro.category, words=macro.words)
            )
        if asked.typed is None:
            raise NotNow(
                "No answer to it was given three times.", todo="`deskterm faq --note` makes one of a note."
            )
        body = without_greeting(asked.typed.body)
        return self._add(FaqEntry("", theme.question, body, category=theme.category))

    def effects(self, now: int) -> tuple[FaqEffect, ...]:
        """What each published entry changed, in tickets per 100 orders."""
        entries = [one for one in read_entries(self.folder)[0] if one.since]
        if not entries:
            return ()
        published = {one.id: self._midnight(one.since) for one in entries}
        since = min(published.values()) - SPAN
        with self._shop.db.read() as tx:
            asked = questions.asked_since(tx, since, _MOST)
            placed = faq_facts.orders_placed(tx, since)
        return tuple(effect_of(one, published[one.id], now, asked, placed) for one in entries)

    def _add(self, entry: FaqEntry) -> Done:
        with self._shop.db.read() as tx:
            answer = self._answer(entry, self._persons(tx))
        if answer.refused:
            raise NotNow(f"This is no answer for everybody: {answer.refused}", safe="Nothing was written.")
        path = write_entry(self.folder, entry)
        letter = find_letter_words(answer.text)
        end = "" if entry.question.endswith(("?", "？", ".", "…")) else "."
        doubt = f"{end} It still reads like a letter: “{letter}”" if letter else ""
        draft = "" if entry.since else ", a draft until it says since:"
        return Done(f"{FOLDER}/{path.name} is written{draft}: {entry.question}{doubt}")

    def _answer(self, entry: FaqEntry, known: KnownPersons) -> FaqAnswer:
        try:
            text = self._text(entry)
        except (PlaybookError, NotFound) as error:
            return FaqAnswer(entry, refused=str(error))
        private = find_private(f"{entry.question}\n{text}", known, entry.allowed)
        if private:
            return FaqAnswer(entry, refused=f"It holds {private}.")
        return FaqAnswer(entry, text)

    def _text(self, entry: FaqEntry) -> str:
        """The answer with the shop's own values. PlaybookError for those of a customer or an order."""
        body = entry.body
        if entry.macro:
            macro = writing.macro_called(self._shop, entry.macro)
            if macro.claims:
                raise PlaybookError(f"The macro says what was done for one customer: {macro.claims[0]}.")
            body = macro.body_for(language_of(entry.question))
        filled = fill.fill(without_greeting(body), self._facts(), self._shop.formats)
        if filled.missing:
            names = ", ".join(dict.fromkeys(one.name for one in filled.missing))
            raise PlaybookError(f"It has no value for everybody: {names}.")
        return without_closing(filled.text)

    def _facts(self) -> dict[str, Fact]:
        shop = self._shop.settings.shop
        known = facts.of_store(shop.name, next(iter(shop.addresses), ""), shop.signature)
        return known | facts.of_policy(asdict(self._shop.settings.policy))

    def _persons(self, tx: Tx) -> KnownPersons:
        shop = self._shop.settings.shop
        own = [shop.name, *shop.addresses, *shop.signature.split(), *shop.name.split()]
        return KnownPersons(
            faq_facts.customer_names(tx), faq_facts.streets(tx), frozenset(one.casefold() for one in own)
        )

    def _language(self) -> str:
        return self._shop.settings.shop.locale.partition("_")[0] or "en"

    def _day(self, now: int) -> str:
        return self._shop.formats.local(now).date().isoformat()

    def _midnight(self, day: str) -> int:
        return int(datetime.fromisoformat(day).replace(tzinfo=self._shop.formats.zone).timestamp())
