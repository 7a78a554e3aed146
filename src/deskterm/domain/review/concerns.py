"""The rules of the review: what makes a reply red or amber.

Red must never go out. Amber may be what the owner wants; they confirm it with another key.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from deskterm.domain.messages import mailbox_key
from deskterm.domain.orders.actions import ActionState
from deskterm.domain.people.language import NAMES, language_of
from deskterm.domain.people.recipients import nobody_reads
from deskterm.domain.playbook import Missing
from deskterm.domain.review.attachment_promises import promises_attachment
from deskterm.domain.review.case import ReviewCase
from deskterm.domain.review.letter import count_greetings, speaks_of_photo
from deskterm.domain.review.replies import Concern, Level
from deskterm.domain.review.sign_off import closing_language, greeted_name, has_sign_off, signed_by_other
from deskterm.domain.suggest.further_questions import besides_words
from deskterm.domain.ticket_work.side_threads import FORWARDED
from deskterm.domain.ticket_work.subjects import says_something

_HOLE = re.compile(r"\[([A-Za-z_][^\s?]{0,200})\?\]")
_LIQUID = re.compile(r"\{\{|\}\}|\{%|%\}")
_MAILBOX = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
_HEAVY = 15_000_000  # bytes; base64 adds a third, and servers accept 20 to 25 MB


def concerns(case: ReviewCase) -> tuple[Concern, ...]:
    """Every reason why a reply is red or amber, red first. None of them: it is green."""
    found = [concern for rule in _RULES for concern in rule(case)]
    return tuple(sorted(found, key=lambda concern: -concern.level))


def holes(body: str) -> tuple[Missing, ...]:
    """The marks of missing values in a text, such as `[order.number?]`."""
    return tuple(Missing(found[1], found.start(), found.end()) for found in _HOLE.finditer(body))


def _missing(case: ReviewCase) -> Iterator[Concern]:
    names = tuple(dict.fromkeys(hole.name for hole in holes(case.body)))
    if names:
        yield _red_concern(f"No value for {_join_names(names)}: write it into the text or take it out.")
    if _LIQUID.search(case.body):
        yield _red_concern("The text still has {{ }} or {% %}: a placeholder that was not filled.")


def _held_macro(case: ReviewCase) -> Iterator[Concern]:
    if case.held:
        yield _red_concern("You hold the letters of this macro: g u releases them.")


def _empty(case: ReviewCase) -> Iterator[Concern]:
    if not case.words.strip():
        yield _red_concern("The reply has no words.")
    elif case.words == FORWARDED:
        yield _amber_concern("Nothing of your own is written above the mail that you forward.")


def _subject(case: ReviewCase) -> Iterator[Concern]:
    if not says_something(case.subject):
        yield _amber_concern("The subject is empty: say in a word or two what the mail is about.")


def _greetings(case: ReviewCase) -> Iterator[Concern]:
    if count_greetings(case.words) > 1:
        yield _amber_concern("The letter greets twice: take one greeting out.")


def _language(case: ReviewCase) -> Iterator[Concern]:
    ours = language_of(case.words)
    if case.written_in and ours and ours != case.written_in:
        yield _amber_concern(f"They wrote {NAMES[case.written_in]}; this letter is {NAMES[ours]}.")


def _sign_off_language(case: ReviewCase) -> Iterator[Concern]:
    ours, below = language_of(case.words) or case.written_in, closing_language(case.body)
    if ours and below and ours != below:
        todo = f' [shop.sign_offs] in config.toml has one for each: `{ours} = "…"`.'
        yield _amber_concern(f"The sign-off is {NAMES[below]}; this letter is {NAMES[ours]}.{todo}")


def _photo(case: ReviewCase) -> Iterator[Concern]:
    if not case.photo_came and speaks_of_photo(case.words):
        yield _amber_concern("The letter speaks of a photo of theirs, but none came.")


def _sign_off(case: ReviewCase) -> Iterator[Concern]:
    signed = bool(case.signature.strip()) and case.body.rstrip().endswith(case.signature.strip())
    if case.words.strip() and not signed and not has_sign_off(case.body):
        todo = "" if case.signature.strip() else " `signature` in config.toml puts yours below every letter."
        yield _amber_concern(f"Nobody signs the letter: it ends without a sign-off.{todo}")


def _name(case: ReviewCase) -> Iterator[Concern]:
    other = signed_by_other(case.words, case.mail, case.writer)
    if other:
        yield _amber_concern(f"The letter greets {greeted_name(case.words)}; {other} wrote the mail.")


def _besides(case: ReviewCase) -> Iterator[Concern]:
    for ask in case.unanswered:
        yield _amber_concern(f"{besides_words(ask)} The letter does not take it up.")


def _untimely(case: ReviewCase) -> Iterator[Concern]:
    for words in case.untimely:
        yield _amber_concern(f"It goes out {case.goes_on}: “{words}” is not true any more then.")


def _silence(case: ReviewCase) -> Iterator[Concern]:
    if case.silence:
        yield _amber_concern(f"{case.silence} The letter does not take that up.")


def _dispute(case: ReviewCase) -> Iterator[Concern]:
    if case.dispute:
        yield _amber_concern(f"This is a dispute. {case.dispute}")


def _sender(case: ReviewCase) -> Iterator[Concern]:
    if not case.sends:
        yield _red_concern(f"No mailbox is set up that sends as {case.sender or 'anybody'}.")


def _recipients(case: ReviewCase) -> Iterator[Concern]:
    if not case.recipients:
        yield _red_concern("The reply has no recipient.")
    for one in case.recipients:
        if not _MAILBOX.fullmatch(one.address):
            yield _red_concern(f"{one.address or 'An empty text'} is not a mail address.")
        elif one.key.endswith(".invalid"):
            yield _red_concern(
                "The mail names no address to answer to: write to the customer's own, if you know it."
            )
        elif nobody_reads(one):
            yield _red_concern(f"Nobody reads {one.address}: write to the customer's own address.")
        elif one.key in case.own:
            yield _amber_concern(f"{one.address} is your own address.")
        elif one.key not in case.people:
            yield _amber_concern(f"{one.address} is in no mail of this ticket.")
    if case.recipients and case.customer and not any(one.key in case.customer for one in case.recipients):
        names = _join_names(tuple(one.address for one in case.recipients))
        yield _amber_concern(f"It goes to {names}, no known address of this ticket's customer.")


def _returned_mail(case: ReviewCase) -> Iterator[Concern]:
    for one in case.recipients:
        report = case.failed.get(mailbox_key(one.key))
        if report is not None:
            yield _amber_concern(f"Your mail to {one.address} came back. {report}".strip())
    if case.unasked and not case.failed:
        yield _amber_concern("A program wrote the newest mail: nobody waits for an answer.")


def _orders(case: ReviewCase) -> Iterator[Concern]:
    for order in case.orders:
        if order.theirs:
            continue
        if order.other:
            who = f"{order.other} ({order.email}), another customer."
            who += " If both are one person, W on the ticket says so."
            yield _red_concern(f"{order.mark} is the order of {who}")
        elif not order.named:
            yield _red_concern(
                f"{order.mark} was placed by {order.email}, and this customer has not named it."
            )
        else:
            yield _amber_concern(
                f"{order.mark} was placed by {order.email}, no known address of this customer."
            )


def _unfit(case: ReviewCase) -> Iterator[Concern]:
    for words in case.unfit:
        yield _amber_concern(words)


_NOT_DONE = {
    ActionState.CONFIRMED: "It waits to be sent to the store.",
    ActionState.SENDING: "It is with the store.",
    ActionState.REFUSED: "The store did not do it.",
    ActionState.UNKNOWN: "Whether the store did it is not known.",
}


def _claims(case: ReviewCase) -> Iterator[Concern]:
    for claim in case.claims:
        if claim.ability and claim.state in _NOT_DONE:
            yield _amber_concern(f"Not so yet: {claim.words}. {_NOT_DONE[claim.state]}")
        elif not claim.ticked:
            offer = " O does it now." if claim.can_be_done else ""
            yield replace(_amber_concern(f"Not confirmed: {claim.words}.{offer}"), of_claim=True)


def _attachments(case: ReviewCase) -> Iterator[Concern]:
    for name in case.files.unreadable:
        yield _red_concern(f"The attachment {name} cannot be read.")
    if case.files.weight > _HEAVY:
        yield _amber_concern(
            f"The attachments weigh {case.files.weight // 1_000_000} MB: many servers refuse such a mail."
        )
    for name in case.files.missing:
        yield _amber_concern(f"No file was picked for “{name}”: attach it.")
    promised = "\n".join((case.words, *(claim.words for claim in case.claims)))
    if not case.files.count and not case.files.missing and promises_attachment(promised):
        yield _amber_concern("The text mentions an attachment, but there is none.")


def _answers(case: ReviewCase) -> Iterator[Concern]:
    if case.answered:
        yield _amber_concern(f"{case.answered}.")
    if case.wrote_again:
        yield _amber_concern("The customer wrote again after this reply was begun: read it first.")


def _thanks(case: ReviewCase) -> Iterator[Concern]:
    if case.thanks:
        yield _amber_concern(str(case.thanks))


def _products(case: ReviewCase) -> Iterator[Concern]:
    for words in case.products:
        yield _amber_concern(words)


def _figures(case: ReviewCase) -> Iterator[Concern]:
    if case.unsourced:
        named = _join_names(case.unsourced)
        verb = "is" if len(case.unsourced) == 1 else "are"
        yield _amber_concern(f"Your command wrote {named}, which {verb} in no mail, order or macro.")


_RULES: tuple[Callable[[ReviewCase], Iterator[Concern]], ...] = (
    _held_macro, _missing, _empty, _subject, _greetings, _name, _language, _sign_off,
    _sign_off_language, _photo, _dispute, _thanks, _besides, _untimely, _silence, _products, _figures,
    _sender, _recipients, _returned_mail, _orders, _unfit, _claims, _attachments, _answers,
)  # fmt: skip


def _red_concern(words: str) -> Concern:
    return Concern(Level.RED, words)


def _amber_concern(words: str) -> Concern:
    return Concern(Level.AMBER, words)


def _join_names(names: tuple[str, ...]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
