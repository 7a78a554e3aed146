"""A reply's text: the sign-off, the macro in it, and where its values are after an edit."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from datetime import date, datetime, time
from pathlib import Path

from deskterm.config.all_settings import Shop
from deskterm.desk.products.letters import LetterGoods, goods_of
from deskterm.desk.reply.request import asked_besides, customer_language
from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.desk.rules.day_state import day_facts, owner_back_at
from deskterm.desk.shop import DeskContext
from deskterm.domain.incidents.order_filter import parse_filter
from deskterm.domain.liquid import facts
from deskterm.domain.liquid import fill as liquid
from deskterm.domain.liquid.product_facts import product_facts
from deskterm.domain.liquid.questions import questions
from deskterm.domain.orders.named_lines import named_lines
from deskterm.domain.orders.order import Order, OrderLine
from deskterm.domain.people.language import language_of
from deskterm.domain.playbook import Fact, Filled, Macro, Playbook, Value
from deskterm.domain.review.letter import count_greetings, without_greeting
from deskterm.domain.review.replies import Draft
from deskterm.errors import NotFound
from deskterm.storage.acting import incidents
from deskterm.storage.schema.database import Tx

_AFFECTED = "order.affected_items"
_NEAREST = 5
_ANSWER_WITHIN = 4 * 3600  # business seconds
_NEWS_WITHIN = 3  # working days promised by `ticket.news_by`


def facts_for(  # noqa: PLR0917 - all that a letter is made from
    tx: Tx,
    shop: DeskContext,
    at: TicketContext,
    draft: Draft,
    order: Order | None,
    now: int,
    *,
    language: str = "",
    goods: LetterGoods | None = None,
    day: bool = True,
) -> dict[str, Fact]:
    """Every fact a macro may use for this ticket, each with its source; lists in that language.

    `goods` is what the letter is about, if already found, as that takes time. So do the facts of the day,
    which are left out without `day`.
    """
    store = shop.settings.shop
    email, words = next(iter(at.customer.addresses), ""), at.question.own_words if at.question else ""
    hours, spoken = shop.hours, language or _language_of_body(shop, draft.macro)
    here = owner_back_at(shop, now)  # no promise for a day on which the owner is away
    answer_by = hours.full_hour_after(here, _ANSWER_WITHIN)
    return {
        **facts.customer_facts(at.customer.name, email),
        **(
            facts.order_facts(order, spoken, now, _affected_lines(tx, shop, draft, order, words))
            if order
            else {}
        ),
        **facts.store_facts(store.name, draft.sender, store.sign_off(language)),
        **facts.policy_facts(
            asdict(shop.settings.policy),
            order.ship_to.country if order else "",
            in_own_language=spoken in ("", store.locale.partition("_")[0]),
        ),
        **facts.ticket_facts(
            at.ticket, hours.working_day_after(here, _NEWS_WITHIN), answer_by, shop.formats.time(answer_by)
        ),
        **product_facts((goods or _goods(tx, shop, at, draft, order, now)).meant, _noon_of(shop)),
        **facts.given_facts(draft.given),
        **(day_facts(shop, now, spoken) if day else {}),
        **facts.mood_facts(words),
        **facts.named_facts(words),
        **facts.asked_facts(asked_besides(shop, at, draft.macro), _noon_of(shop)),
    }


def _language_of_body(shop: DeskContext, macro_id: str) -> str:
    """The language (ISO 639-1) of a macro's own text, "" if it is not certain."""
    macro = shop.playbook.current().macros.get(macro_id)
    return language_of(macro.body) if macro else ""


def _affected_lines(
    tx: Tx, shop: DeskContext, draft: Draft, order: Order, words: str
) -> tuple[OrderLine, ...]:
    """The lines that the letter's incident is about; without one, those whose goods the mail names.

    Those of the customer's other orders, who gets one letter for all, bear the order's mark.
    """
    macro = shop.playbook.current().macros.get(draft.macro)
    mark = incidents.mark_of(tx, draft) if macro and _AFFECTED in macro.body else None
    if mark is None:
        return named_lines(order.lines, words)
    known = incidents.get(tx, mark.incident_id)
    wanted = parse_filter(known.query, shop.formats.local(known.began_at))
    others = [one for one in incidents.orders_beside(tx, known.id, order) if wanted.matches(one)]
    named = (
        replace(line, variant=", ".join(filter(None, (line.variant, one.mark))))
        for one in others
        for line in wanted.goods_of(one)
    )
    return (*wanted.goods_of(order), *named)


def _goods(  # noqa: PLR0917 - what a product is found by
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, order: Order | None, now: int
) -> LetterGoods:
    macro = shop.playbook.current().macros.get(draft.macro)
    return goods_of(tx, shop, macro, at, order, now, draft.wait_id)


def _noon_of(shop: DeskContext) -> Callable[[date], int]:
    """The middle of a day on the owner's calendar, in UTC seconds."""
    return lambda day: int(datetime.combine(day, time(12), shop.formats.zone).timestamp())


def macro_called(shop: DeskContext, macro_id: str) -> Macro:
    """The macro with that id. Raises NotFound with the nearest names, or why its file is unusable."""
    playbook = shop.playbook.current()
    macro = playbook.macros.get(macro_id)
    if macro is not None:
        return macro
    broken = dict(playbook.broken).get(f"macros/{macro_id}.md")
    raise NotFound(
        f"The macro {macro_id} cannot be used. {broken}"
        if broken
        else f"There is no macro called {macro_id}.",
        todo=f"Nearest are {', '.join(_nearest(macro_id, playbook))}. `deskterm macros` lists all."
        if playbook.macros
        else f"There is none in {shop.home.config_folder / 'macros'}.",
    )


def _nearest(name: str, playbook: Playbook) -> list[str]:
    from difflib import SequenceMatcher  # noqa: PLC0415 - only for a misspelt name

    def likeness(other: str) -> tuple[bool, float]:
        return name in other, SequenceMatcher(None, name, other).ratio()

    return sorted(playbook.macros, key=likeness, reverse=True)[:_NEAREST]


def beside(text: str, body: str) -> str:
    """A macro's text for a reply that has text; a second greeting is dropped."""
    return without_greeting(text) if count_greetings(body) else text


def questions_of(macro: Macro) -> tuple[str, ...]:
    """What a macro asks for, in any of its languages."""
    bodies = (macro.body, *(body for _, body in macro.translations))
    return tuple(dict.fromkeys(one for body in bodies for one in questions(body)))


def file_of(shop: DeskContext, name: str) -> Path:
    """The file a macro attaches: beside the macros, unless its name is an absolute path."""
    return shop.home.config_folder / Path(name).expanduser()


def files_of(shop: DeskContext, macro: Macro, given: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The paths of a macro's files; for those it asks for, the `given` ones."""
    picked = dict(given)
    asked = macro.asked_files
    paths = (picked.get(one, "") if one in asked else str(file_of(shop, one)) for one in macro.attach)
    return tuple(filter(None, paths))


def speaks_of_order(macro: Macro) -> bool:
    """Whether a macro's text uses an order, or is only true of some orders."""
    return macro.speaks_of_order


def fill_for(  # noqa: PLR0917 - all that a letter is made from
    tx: Tx,
    shop: DeskContext,
    macro: Macro,
    at: TicketContext,
    draft: Draft,
    order: Order | None,
    now: int,
    goods: LetterGoods | None = None,
) -> Filled:
    """The macro's text for this customer, in their language if available; missing values are marked.

    Dates and lists use that language too: `8. Dezember 2026`, `2 × Decke und 1 × Tasse`.
    """
    language = macro.language_for(customer_language(at))
    if not macro.speaks_of_product:
        goods = LetterGoods()
    day = macro.speaks_of_day
    known = facts_for(tx, shop, at, draft, order, now, language=language, goods=goods, day=day)
    written = language or language_of(macro.body)
    usual = not language and written in ("", "en")
    formats = shop.formats if usual else shop.formats.for_letters(written)
    return liquid.fill(macro.body_for(language), known, formats)


def add_sign_off(words: str, store: Shop, language: str = "") -> str:
    """The text with the shop's sign-off below, in its language, or in `language` if that is unclear."""
    below = store.sign_off(language_of(words) or language).strip()
    return f"{words.rstrip()}\n\n{below}\n" if below else f"{words.rstrip()}\n"


def remove_sign_off(body: str, store: Shop) -> str:
    """The text without the shop's sign-off, in whatever language, at its end."""
    text = body.rstrip()
    below = next((one for one in map(str.strip, store.all_sign_offs) if one and text.endswith(one)), "")
    return text[: -len(below)].rstrip() if below else text


def with_macro(body: str, text: str, before: str, store: Shop, language: str = "") -> str:
    """The text with a macro's text in it.

    It replaces `before` (the previous macro's text, unedited) if that is there; own words are kept above it.
    There is only one greeting. `language` is as in `add_sign_off`.
    """
    words = remove_sign_off(body, store).strip()
    for old, new in ((before, text), (without_greeting(before), without_greeting(text))):
        if old.strip() and old.strip() in words:
            return add_sign_off(words.replace(old.strip(), new.strip(), 1), store, language)
    added = without_greeting(text) if count_greetings(words) else text
    return add_sign_off(f"{words}\n\n{added.strip()}" if words else text.strip(), store, language)


def own_words(body: str, before: str, store: Shop) -> str:
    """What of a text is neither the sign-off nor the unedited macro text `before`."""
    words = remove_sign_off(body, store).strip()
    for old in (before.strip(), without_greeting(before).strip()):
        if old and old in words:
            return words.replace(old, "", 1).strip()
    return words


def values_in(body: str, fill: Filled) -> tuple[Value, ...]:
    """Where the filled values are in the text, which may have been edited since."""
    start = body.find(fill.text.strip())
    if start >= 0:
        moved = start - (len(fill.text) - len(fill.text.lstrip()))
        return tuple(_at_place(value, value.start + moved) for value in fill.values)
    return tuple(_locate_values(body, fill.values))


def _locate_values(body: str, values: tuple[Value, ...]) -> Iterator[Value]:
    """Values in an edited text, in order and as whole words; those edited away are left out."""
    at = 0
    for value in values:
        found = re.compile(rf"(?<!\w){re.escape(value.text)}(?!\w)").search(body, at)
        if found:
            at = found.end()
            yield _at_place(value, found.start())


def _at_place(value: Value, start: int) -> Value:
    return Value(
        value.name, value.text, start, start + len(value.text), value.source, value.synced_at
    )  # fmt: skip
