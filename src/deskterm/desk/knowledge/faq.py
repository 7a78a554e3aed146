"""The FAQ: entries from macros and notes, its page, and the effect of each entry."""

import re
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from deskterm.desk.knowledge.faq_files import FOLDER, publish_entry, read_entries, write_entry
from deskterm.desk.knowledge.questions import AskedTheme
from deskterm.desk.reply import text as writing
from deskterm.desk.shop import DeskContext
from deskterm.domain.documents.document import Block, Document, heading, text_block
from deskterm.domain.knowledge.faq import SPAN, FaqAnswer, FaqDraft, FaqEffect, FaqEntry, effect_of
from deskterm.domain.knowledge.page_words import page_words
from deskterm.domain.knowledge.private import KnownPersons, find_private
from deskterm.domain.knowledge.publishable import (
    HOLE,
    EverybodyText,
    find_holes,
    find_personal_words,
    for_everybody,
    without_letter,
)
from deskterm.domain.knowledge.themes import shared_by_most
from deskterm.domain.liquid import facts, fill
from deskterm.domain.messages import Direction
from deskterm.domain.people.language import language_of
from deskterm.domain.playbook import Fact, Macro
from deskterm.domain.views import Done
from deskterm.errors import NotFound, NotNow, PlaybookError
from deskterm.storage import desk_changes
from deskterm.storage.answers import faq_facts, questions
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass

_MOST = 20_000  # questions
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FaqState:
    """All entries with their answers, and the unusable files with the reason."""

    answers: tuple[FaqAnswer, ...]
    broken: tuple[tuple[str, str], ...] = ()

    @property
    def on_page(self) -> tuple[FaqAnswer, ...]:
        """The entries for the page: published, and free of any customer's data."""
        return tuple(one for one in self.answers if one.entry.since and not one.refused)


class Faq:
    """Entries are files. The page holds nothing of a customer."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    @property
    def folder(self) -> Path:
        """The folder of the entries."""
        return self._shop.home.config_folder / FOLDER

    def path_of(self, id_: str) -> Path:
        """The file of an entry."""
        return self.folder / f"{id_}.md"

    def state(self) -> FaqState:
        """The entries as they are now."""
        entries, broken = read_entries(self.folder)
        with self._shop.db.read() as tx:
            known = self._persons(tx)
        return FaqState(tuple(self._answer(one, known) for one in entries), broken)

    def page(self) -> Document:
        """The page, by topic. NotNow if no entry can be printed."""
        printed = self.state().on_page
        if not printed:
            raise NotNow("No entry can be published.", todo="`deskterm faq` lists them with the reason.")
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

    def add_macro(self, macro_id: str, question: str, now: int, topic: str = "") -> FaqDraft:
        """Make an entry of a macro, or a draft if its text is not for everybody. Raises NotFound."""
        macro = writing.macro_called(self._shop, macro_id)
        asked = question or macro.for_everybody(self._language())[0] or macro.title
        return self._add_macro(macro, FaqEntry("", asked, topic=topic, since=self._day(now)))

    def add_note(self, ticket_id: int, question: str, now: int, topic: str = "") -> FaqDraft:
        """Make an entry of a ticket's newest note. NotFound; NotNow if it names a customer."""
        with self._shop.db.read() as tx:
            notes = [one for one in messages.for_ticket(tx, ticket_id) if one.direction is Direction.NOTE]
        if not notes:
            raise NotFound(f"T{ticket_id} has no note.", todo="Write the answer as a note first.")
        entry = FaqEntry("", question, notes[-1].text.strip(), topic=topic, since=self._day(now))
        answer = self._judge(entry)
        if answer.refused:
            raise NotNow(f"This is not for everybody: {answer.refused}", safe="Nothing was written.")
        return self._write_whole(answer)

    def add_theme(self, asked: AskedTheme) -> FaqDraft:
        """Draft an entry for a theme, or give the one there is.

        Its text is the macro's text for everybody, else the typed answer, else the macro's letter without
        what concerns one customer, else a gap to fill. It is not on the page until it is published.
        """
        theme, macros = asked.theme, self._shop.playbook.current().macros
        macro = macros.get(asked.macro)
        question = macro.for_everybody(language_of(theme.question))[0] if macro else ""
        typed = asked.typed if not (macro and (question or theme.macro)) else None
        entry = FaqEntry(
            "", question or (typed and asked.typed_for) or theme.question, category=theme.category
        )
        if there := self._entry_there(entry, asked.macro):
            return self._describe_there(there)
        if macro and typed is None:
            return self._add_macro(macro, entry)
        return self._write_draft(entry, typed.body if typed else "")

    def publish(self, id_: str, now: int) -> Done:
        """Publish a draft from today on. NotFound; NotNow with what in it is not for everybody."""
        entries, broken = read_entries(self.folder)
        entry = next((one for one in entries if one.id == id_), None)
        name = f"{FOLDER}/{id_}.md"
        if entry is None:
            why = dict(broken).get(name, "It does not exist.")
            raise NotFound(f"{name} is not an entry: {why}", safe="Nothing was published.")
        if entry.since:
            raise NotNow(f"{name} has been published since {entry.since}.")
        answer = self._judge(entry)
        if answer.refused:
            raise NotNow(f"{name} is not for everybody: {answer.refused}", safe="It stays a draft.")
        path = self.folder / f"{id_}.md"
        texts = publish_entry(path, self._day(now))
        with self._shop.db.write() as tx:
            action = desk_changes.note(tx, f"published {name}", files={path: texts})
        doubt = _say_doubt(answer)
        return Done(f"{entry.question} Published: `deskterm faq --html` writes the page.{doubt}", action)

    def _entry_there(self, entry: FaqEntry, macro_id: str) -> FaqEntry | None:
        entries = read_entries(self.folder)[0]
        fitting = [
            one for one in entries if one.question == entry.question or (one.macro and one.macro == macro_id)
        ]
        return fitting[0] if fitting else None

    def _describe_there(self, entry: FaqEntry) -> FaqDraft:
        state = f"on the page since {entry.since}" if entry.since else "a draft"
        return FaqDraft(entry.id, f"{FOLDER}/{entry.id}.md exists ({state}): {entry.question}")

    def _add_macro(self, macro: Macro, entry: FaqEntry) -> FaqDraft:
        """An entry answered by a macro if that is for everybody, else a draft from its text."""
        named = replace(entry, macro=macro.id, category=macro.category, words=macro.words)
        answer = self._judge(named)
        if answer.refused:
            body = macro.body_for(language_of(entry.question))
            return self._write_draft(replace(named, macro="", since=""), body)
        return self._write_whole(answer)

    def _write_whole(self, answer: FaqAnswer) -> FaqDraft:
        path, action = self._write(answer.entry)
        draft = "" if answer.entry.since else ", a draft until it is published"
        words = f"{FOLDER}/{path.name} written{draft}: {answer.entry.question}{_say_doubt(answer)}"
        return FaqDraft(path.stem, words, action=action)

    def _write(self, entry: FaqEntry) -> tuple[Path, int]:
        """Write a new entry; gives its file and the action that undoes it."""
        path = write_entry(self.folder, entry)
        with self._shop.db.write() as tx:
            files = {path: (None, desk_changes.text_of(path))}
            return path, desk_changes.note(tx, f"wrote {FOLDER}/{path.name}", files=files)

    def _write_draft(self, entry: FaqEntry, body: str) -> FaqDraft:
        """A draft of what in a letter can be said to everybody, with its gaps marked."""
        with self._shop.db.read() as tx:
            known = self._persons(tx)
        filled = fill.fill(body, self._facts(), self._shop.formats).text
        answer = for_everybody(without_letter(filled), lambda text: bool(find_private(text, known)))
        comment = "\n".join(one.replace("--", "–") for one in answer.left_out)
        rest = f"\n\n<!-- Left out because it concerns one customer:\n{comment}\n-->" if comment else ""
        path, action = self._write(replace(entry, body=(answer.text or HOLE) + rest))
        holes = find_holes(answer.text or HOLE)
        wants = f"fill in {', '.join(holes)}" if holes else "read it"
        words = f"{FOLDER}/{path.name} is a draft: {wants}, then publish it."
        return FaqDraft(path.stem, words, unfinished=bool(holes or answer.left_out), action=action)

    def effects(self, now: int) -> tuple[FaqEffect, ...]:
        """The effect of each published entry, in tickets per 100 orders."""
        entries = [one for one in read_entries(self.folder)[0] if one.since]
        if not entries:
            return ()
        published = {one.id: self._midnight(one.since) for one in entries}
        since = min(published.values()) - SPAN
        with self._shop.db.read() as tx:
            asked = questions.asked_since(tx, since, _MOST)
            placed = faq_facts.orders_placed(tx, since)
        return tuple(effect_of(one, published[one.id], now, asked, placed) for one in entries)

    def _judge(self, entry: FaqEntry) -> FaqAnswer:
        with self._shop.db.read() as tx:
            return self._answer(entry, self._persons(tx))

    def _answer(self, entry: FaqEntry, known: KnownPersons) -> FaqAnswer:
        try:
            text, left_out = self._text(entry)
        except (PlaybookError, NotFound) as error:
            return FaqAnswer(entry, refused=str(error))
        private = find_private(f"{entry.question}\n{text}", known, entry.allowed)
        if private:
            return FaqAnswer(entry, refused=f"It contains {private}.")
        return FaqAnswer(entry, text, left_out=left_out)

    def _text(self, entry: FaqEntry) -> tuple[str, tuple[str, ...]]:
        """The answer with the shop's own values, and the sentences of a letter that were left out.

        PlaybookError for a customer's or order's values, and for gaps nobody has filled.
        """
        body, letter = _COMMENT.sub("", entry.body).strip(), False
        if entry.macro:
            macro = writing.macro_called(self._shop, entry.macro)
            asked = [name for name, text in macro.everybody_in if text.startswith(entry.question)]
            language = asked[0] if asked else language_of(entry.question)
            body = macro.for_everybody(language)[1]
            if letter := not body:
                body = macro.body_for(language)
            if letter and macro.claims:
                raise PlaybookError(f"The macro states what was done for one customer: {macro.claims[0]}.")
        text = without_letter(fill.fill(body, self._facts(), self._shop.formats).text)
        answer = for_everybody(text) if letter else EverybodyText(text)
        if holes := find_holes(text):
            raise PlaybookError(f"No general value for: {', '.join(holes)}.")
        if not answer.text:
            raise PlaybookError("Nothing of it is for everybody.")
        return answer.text, answer.left_out

    def _facts(self) -> dict[str, Fact]:
        shop = self._shop.settings.shop
        known = facts.store_facts(shop.name, next(iter(shop.addresses), ""), shop.signature)
        return known | facts.policy_facts(asdict(self._shop.settings.policy))

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


def _say_doubt(answer: FaqAnswer) -> str:
    """What concerns one customer: sentences left out of a macro, or words still in the text."""
    if answer.left_out:
        return f" Left out because it concerns one customer: “{' '.join(answer.left_out)}”"
    words = "”, “".join(find_personal_words(answer.text))
    return f" Still about one customer: “{words}”" if words else ""
