"""Gathers everything the review's rules look at for one draft."""

from collections.abc import Iterable
from dataclasses import replace

from deskterm.config.all_settings import Shop
from deskterm.desk.answers.drafting import sources_of
from deskterm.desk.products.letters import LetterGoods, doubts_about_product, goods_of_draft
from deskterm.desk.products.promised_goods import doubts_about_sending
from deskterm.desk.reply import text
from deskterm.desk.reply.claimed_actions import claims_of
from deskterm.desk.reply.doubts.attached_files import look_at_files
from deskterm.desk.reply.doubts.other_matter import doubts_about_matter
from deskterm.desk.reply.doubts.repeating import describe_replies, doubts_about_repeating
from deskterm.desk.reply.doubts.silent_parcels import asks_for_parcel, describe_silence, speaks_as_if_moving
from deskterm.desk.reply.doubts.thanks import doubt_about_thanks
from deskterm.desk.reply.doubts.unknown_order import doubts_about_number
from deskterm.desk.reply.order_options import named_by_customer, options
from deskterm.desk.reply.recipients import addresses_that_failed, everybody, sending_mailbox
from deskterm.desk.reply.request import asked_besides, customer_language, customer_request
from deskterm.desk.reply.ticket_context import TicketContext, whose_orders
from deskterm.desk.rules.stored_day import read_day
from deskterm.desk.shop import DeskContext
from deskterm.domain.figures.survey_answers import SURVEYS
from deskterm.domain.messages import Direction, FoldKind, Message
from deskterm.domain.orders.numbers import numbers
from deskterm.domain.orders.order import Order
from deskterm.domain.people.undelivered import machine_on_top
from deskterm.domain.playbook import Filled, Value
from deskterm.domain.review.case import OrderInText, ReviewCase
from deskterm.domain.review.figures import unsourced_figures
from deskterm.domain.review.order_needs import unmet_needs
from deskterm.domain.review.replies import Claim, Draft
from deskterm.domain.review.timeliness import untimely_words
from deskterm.domain.suggest.disputes import is_dispute
from deskterm.domain.suggest.further_questions import SideAsk
from deskterm.domain.suggest.sentences import questions_in
from deskterm.domain.ticket_work.side_threads import FORWARDED, above_forward
from deskterm.mail.writing.compose import reply_subject
from deskterm.storage import customers, orders
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass

_LOGO = 20_000  # bytes below which a picture in the text is decoration, not a photo


@dataclass(frozen=True, slots=True)
class Moment:
    """When a draft is judged, and when it goes (UTC seconds)."""

    now: int
    goes: int


@dataclass(frozen=True, slots=True)
class LetterParts:
    """A draft, its macro's text as filled now (None without a macro), and what of it is still in the draft.

    `goods` are the products it may be about. `answers` is false for a mere acknowledgement.
    """

    draft: Draft
    filled: Filled | None
    values: tuple[Value, ...]
    claims: tuple[Claim, ...]
    asked: tuple[SideAsk, ...]
    goods: LetterGoods = LetterGoods()
    answers: bool = True

    @property
    def left_open(self) -> tuple[SideAsk, ...]:
        """What else the mail asks, without what a value in the letter answers: the first of its kind."""
        taken_up = {value.name.removeprefix("asked.") for value in self.values}
        first = {ask.kind: ask for ask in reversed(self.asked)}
        return tuple(ask for ask in self.asked if ask.kind not in taken_up or ask is not first[ask.kind])


def parts_of(  # noqa: PLR0917 - what a letter is made from
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int, filled: Filled | None = None
) -> LetterParts:
    """The parts of a draft; `filled` is its macro's text if it was just filled."""
    macro = shop.playbook.current().macros.get(draft.macro)
    goods = goods_of_draft(tx, shop, at, draft, now)
    if macro and filled is None:
        order = None if draft.order_id is None else orders.get(tx, draft.order_id)
        filled = text.fill_for(tx, shop, macro, at, draft, order, now, goods)
    values = text.values_in(draft.body, filled) if filled else ()
    claims = claims_of(tx, shop, at, draft, macro, now=now) if macro else ()
    return LetterParts(draft, filled, values, claims, asked_besides(shop, at, draft.macro), goods)


def unanswered_asks(letter: LetterParts, words: str) -> tuple[SideAsk, ...]:
    """What else the mail asks that an unedited macro text does not answer.

    If the owner has edited the text, they have read the mail: nothing is reported.
    """
    return letter.left_open if _is_as_filled(letter, words) else ()


def _is_as_filled(letter: LetterParts, words: str) -> bool:
    """Whether the text is an unedited macro that answers something."""
    return letter.answers and letter.filled is not None and words.strip() == letter.filled.text.strip()


def case_of(tx: Tx, shop: DeskContext, at: TicketContext, letter: LetterParts, moment: Moment) -> ReviewCase:
    """Everything the rules look at. Reads attachments and the ticket's other replies."""
    draft = letter.draft
    if at.ticket.beside is not None:  # the forwarded words are the customer's
        draft = replace(draft, body=above_forward(draft.body))
    words = text.remove_sign_off(draft.body, shop.settings.shop)
    if at.ticket.beside is not None and FORWARDED in letter.draft.body:
        words = words.strip() or FORWARDED  # nothing written above it: amber
    return ReviewCase(
        words=words,
        body=f"{_own_subject(at, draft)}\n{draft.body}",
        sender=draft.sender,
        recipients=(*draft.to, *draft.cc, *draft.bcc),
        sends=sending_mailbox(draft.sender, shop.settings) is not None,
        own=shop.settings.own_addresses,
        people=everybody(at),
        customer=frozenset(address.casefold() for address in at.customer.addresses),
        failed=addresses_that_failed(tx, at),
        unasked=letter.answers and machine_on_top(at.messages) is not None,
        claims=letter.claims,
        orders=tuple(_orders_in(tx, whose_orders(tx, at), draft, words)),
        unfit=(*_unfit(tx, shop, draft), *_doubts_as_filled(tx, shop, at, letter, words)),
        subject=draft.subject,
        dispute=_dispute_advice(shop, at),
        written_in=customer_language(at),
        photo_came=any(_is_picture(one) for one in at.messages),
        mail=_signed_words(at.question) if at.question else "",
        writer=at.customer.name if at.question else "",
        signature=_sign_off_below(draft.body, words, shop.settings.shop),
        unanswered=unanswered_asks(letter, words),
        untimely=_untimely(shop, draft, words, moment),
        goes_on=shop.formats.ahead(moment.goes, moment.now),
        thanks=doubt_about_thanks(shop, at, draft),
        unsourced=_figures_without_source(tx, shop, at, draft, words, moment),
        files=look_at_files(shop, draft),
        products=(
            *_doubts_about_product(shop, at, letter, moment),
            *doubts_about_sending(tx, shop, draft, words),
        ),
        silence=_silence_passed_over(tx, shop, at, letter, words, moment.goes),
        answered="" if draft.macro in SURVEYS else describe_replies(tx, shop, at, draft, moment.now),
        wrote_again=_wrote_again(at, draft),
        held=bool(draft.macro) and draft.macro in read_day(tx).held,
    )


def _doubts_about_product(
    shop: DeskContext, at: TicketContext, letter: LetterParts, moment: Moment
) -> tuple[str, ...]:
    words = at.question.own_words if at.question and at.asks_something else ""
    asked = questions_in(words) or words
    return doubts_about_product(shop, letter.draft, letter.goods, moment.now, moment.goes, asked=asked)


def _silence_passed_over(  # noqa: PLR0917 - what is looked at for it
    tx: Tx, shop: DeskContext, at: TicketContext, letter: LetterParts, words: str, goes: int
) -> str:
    """Since when the order's parcel has been silent, if the letter may tell of it as if all were well."""
    values = {one.name for one in letter.values}
    asked = letter.answers and asks_for_parcel(shop, at)
    if speaks_as_if_moving(words, values, claims=bool(letter.claims), asked=asked):
        return describe_silence(tx, shop, at, letter.draft, goes)
    return ""


def _sign_off_below(body: str, words: str, store: Shop) -> str:
    """The sign-off below a letter; the usual one if there is none."""
    return body.rstrip()[len(words) :].strip() or store.signature


def _is_picture(message: Message) -> bool:
    pictures = (
        file.type.startswith(("image/", "video/")) and not (file.inline and file.size < _LOGO)
        for file in message.attachments
    )
    return message.direction is Direction.IN and any(pictures)


def _signed_words(message: Message) -> str:
    """The writer's own words with their signature, without quotes."""
    kept, at = [], 0
    for fold in message.folds:
        kept.append(message.text[at : fold.start])
        if fold.kind is FoldKind.SIGNATURE:
            kept.append(message.text[fold.start : fold.end])
        at = fold.end
    return "".join([*kept, message.text[at:]]).strip()


def _untimely(shop: DeskContext, draft: Draft, words: str, moment: Moment) -> tuple[str, ...]:
    """What will be untrue when it goes, counted from the day it was last edited."""
    written = min(draft.updated_at or moment.now, moment.now)
    days = (shop.formats.local(at).date() for at in (written, moment.goes))
    return untimely_words(words, *days)


def _figures_without_source(  # noqa: PLR0917 - what the sources are read from
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, words: str, moment: Moment
) -> tuple[str, ...]:
    """Figures in a letter from the drafting command that no source contains."""
    if not draft.drafted:
        return ()
    theirs = [option.order for option in options(tx, at)]
    sources = sources_of(tx, shop, at, draft, theirs, moment.now)
    return unsourced_figures(words, sources, shop.formats.local(moment.now).date())


_KEEP_TO_FACTS = "Keep to facts and dates, and promise only what is done."


def _dispute_advice(shop: DeskContext, at: TicketContext) -> str:
    """Advice for a dispute, from the owner's SOP; empty if there is none."""
    if not customer_request(at, shop.playbook.current()).disputed:
        return ""
    steps = (step for sop in shop.playbook.current().sops.values() for step in sop.steps)
    return next((step.text for step in steps if is_dispute(step.text)), _KEEP_TO_FACTS)


def _unfit(tx: Tx, shop: DeskContext, draft: Draft) -> tuple[str, ...]:
    """The macro's needs that the draft's order does not meet, however the text was edited."""
    macro = shop.playbook.current().macros.get(draft.macro)
    if macro is None or draft.order_id is None:
        return ()
    return unmet_needs(macro.needs, orders.get(tx, draft.order_id))


def _doubts_as_filled(
    tx: Tx, shop: DeskContext, at: TicketContext, letter: LetterParts, words: str
) -> tuple[str, ...]:
    """What speaks against an unedited macro text: a repeated answer, another order, another matter."""
    if not _is_as_filled(letter, words):
        return ()
    repeats = doubts_about_repeating(tx, shop, at, letter.draft)
    number = doubts_about_number(tx, at, letter.draft)
    return (*repeats, *number, *doubts_about_matter(shop, at, letter.draft))


def _own_subject(at: TicketContext, draft: Draft) -> str:
    """The subject, unless it is the customer's: their words are no placeholders of ours."""
    return "" if draft.subject in {reply_subject(one.subject) for one in at.messages} else draft.subject


def _orders_in(tx: Tx, at: TicketContext, draft: Draft, words: str) -> Iterable[OrderInText]:
    """The orders that the text and the draft mention."""
    spoken = {order.id: order for order in orders.by_numbers(tx, numbers(f"{draft.subject}\n{words}"))}
    if draft.order_id is not None:
        chosen = orders.get(tx, draft.order_id)
        # A number that two stores have means the chosen order.
        spoken = {id_: one for id_, one in spoken.items() if one.number != chosen.number} | {
            chosen.id: chosen
        }
    named = frozenset(named_by_customer(at.messages))
    own = {address.casefold() for address in at.customer.addresses}
    for order in _unless_ours(spoken.values(), own):
        yield OrderInText(
            order.mark,
            order.email.casefold() in own,
            _other_owner(tx, at, order),
            order.number.upper() in named,
            order.email or "nobody",
        )


def _other_owner(tx: Tx, at: TicketContext, order: Order) -> str:
    """The other customer whose order it is. A name in a mail proves nothing: anyone can write it."""
    owner = customers.find_by_address(tx, order.email) if order.email else None
    if owner is None or owner == at.customer.id:
        return ""
    return customers.get(tx, owner).display_name


def _unless_ours(spoken: Iterable[Order], own: set[str]) -> list[Order]:
    """One order per number: the customer's own, if several stores have that number."""
    by_number: dict[str, Order] = {}
    for order in spoken:
        if order.number not in by_number or order.email.casefold() in own:
            by_number[order.number] = order
    return list(by_number.values())


def _wrote_again(at: TicketContext, draft: Draft) -> bool:
    return at.question is not None and draft.answers is not None and at.question.id != draft.answers
