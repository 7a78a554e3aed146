"""Draws a reviewed reply: the mail exactly as it will be sent, and what speaks for and against it."""

from collections.abc import Callable, Iterable, Iterator

from textual.content import Content

from deskterm.commands.keymap import KeyOf
from deskterm.domain.messages import Address
from deskterm.domain.review.replies import Concern, Level, Review
from deskterm.widgets.drawing.cells import cell_len
from deskterm.widgets.drawing.message import rejoin
from deskterm.widgets.editor import HOLE

When = Callable[[int], str]  # formats a time given in UTC seconds
_MARKS = {Level.GREEN: ("●", "$green"), Level.AMBER: ("▲", "$amber"), Level.RED: ("■", "$red")}
Entry = tuple[str, str]  # a header's name and value


def head(review: Review) -> list[Entry]:
    """Sender, recipients, subject and attachments, each with its name."""
    draft = review.draft
    rows = [("From", review.sender.display), ("To", _people(draft.to))]
    if draft.cc:
        rows.append(("Cc", _people(draft.cc)))
    if draft.bcc:
        rows.append(("Bcc", _people(draft.bcc)))
    rows.append(("Subject", draft.subject))
    return rows + [("Attached", path.rpartition("/")[2]) for path in draft.attachments]


def _people(addresses: Iterable[Address]) -> str:
    return ", ".join(address.display for address in addresses) or "nobody"


def _addresses(addresses: Iterable[Address]) -> str:
    return ", ".join(address.address for address in addresses) or "nobody"


def body(review: Review) -> Content:
    """The text; filled values are in the accent, missing ones red and underlined."""
    text = Content(review.body)
    for value in review.values:
        text = text.stylize("$act bold", value.start, value.end)
    for hole in review.missing:
        text = text.stylize("$red bold underline", hole.start, hole.end)
    return text


def customer_words(review: Review) -> Content:
    """What the customer wrote; what it asks besides the main matter stands out."""
    words = Content(rejoin(review.customer_words) or "(no text)")
    for ask in review.asked:
        words = words.stylize("$amber bold", ask.start, ask.end)
    others = [
        Content.assemble((f"T{one.ticket_id}  {one.subject}\n\n", "$soft bold"), rejoin(one.words))
        for one in review.others
        if one.answered
    ]
    return Content("\n\n").join([words, *others])


def with_holes(text: str) -> Content:
    """A filled macro's text with its missing values marked."""
    content = Content(text)
    for hole in HOLE.finditer(text):
        content = content.stylize("$red bold underline", *hole.span())
    return content


def envelope(review: Review, width: int) -> Content | None:
    """Recipients, subject and attachments in one line, then the sender; None if they do not fit.

    Where their names have no room, the recipients are their addresses alone.
    """
    draft = review.draft
    files = [f"+{text}" for name, text in head(review) if name == "Attached"]
    whom = ("To", draft.to), ("Cc", draft.cc), ("Bcc", draft.bcc)
    for names in (_people, _addresses):
        said = [f"{field} {names(people)}" for field, people in whom if people or field == "To"]
        text = "   ".join([*said, *files])
        if cell_len(f"{text}   {draft.subject}") <= width:
            return _one_line(review, text, width)
    return None


def _one_line(review: Review, text: str, width: int) -> Content:
    sender = f"   from {review.sender.address}"
    fits = cell_len(f"{text}   {review.draft.subject}{sender}") <= width
    return Content.assemble(
        (text, "$ink"), ("   ", ""), (review.draft.subject, "$ink bold"), (sender * fits, "$dim")
    )


def checks(review: Review, when: When, key: KeyOf) -> Content:
    """What to know before it goes: concerns, claims, other tickets, order, what follows, sources, notes."""
    parts = [_concerns(review), _claims(review, key), _others(review, key), *_about(review, key)]
    parts.append(_sources(review, when))
    parts.append(Content("\n").join(Content.styled(note, "$dim") for note in review.notes))
    return Content("\n\n").join(part for part in parts if part)


def _concerns(review: Review) -> Content:
    grave = sorted(review.concerns, key=lambda concern: -concern.level)
    return Content("\n").join(
        _concern(concern) for concern in grave if concern.level is not Level.GREEN and not concern.of_claim
    )


def _concern(concern: Concern) -> Content:
    mark, tone = _MARKS[concern.level]
    return Content.assemble((f"{mark} ", tone), (concern.words, tone))


def _claims(review: Review, key: KeyOf) -> Content:
    if not review.claims:
        return Content("")
    open_ones = not all(claim.ticked for claim in review.claims)
    ticks = (f"{key('tick')} ", "$act bold")
    lines = [Content.assemble(("▲ Unconfirmed: " * open_ones, "$amber"), ticks, "ticks")]
    if any(claim.can_be_done for claim in review.claims):
        lines[0] = Content.assemble(lines[0], "   ", (f"{key('claimed-action')} ", "$act bold"), "does it")
    for claim in review.claims:
        box, tone = ("✓", "$green bold") if claim.ticked else ("○", "$amber bold")
        lines.append(Content.assemble((f"{box} ", tone), claim.words))
    return Content("\n").join(lines)


def _others(review: Review, key: KeyOf) -> Content:
    """The customer's other open tickets, and which of them this mail answers too."""
    if not review.others:
        return Content("")
    whom = "it" if len(review.others) == 1 else "them"
    lines = [Content.assemble("Also open   ", (f"{key('also-answer')} ", "$act bold"), f"answers {whom} too")]
    for one in review.others:
        box, tone = ("✓", "$green bold") if one.answered else ("○", "$soft")
        begun = "  (a draft of its own)" if one.has_draft else ""
        lines.append(Content.assemble((f"{box} ", tone), f"T{one.ticket_id}  {one.subject}", (begun, "$dim")))
    return Content("\n").join(lines)


def _about(review: Review, key: KeyOf) -> list[Content]:
    """Which order it is about, and what follows."""
    lines: list[Content] = []
    if review.order is not None:
        mark = (review.order.order.mark, "$act bold")
        lines.append(Content.assemble(mark, (f" {review.store}", "$soft"), f"  {review.order_place}"))
    elif review.store or review.order_place:
        lines.append(Content.assemble((f"{review.store}  ", "$soft"), review.order_place or "no order"))
    if review.follows:
        lines.append(Content.assemble((f"{key('after')} ", "$act bold"), review.follows))
    return lines


def _sources(review: Review, when: When) -> Content:
    return Content("\n").join(_value_sources(review, when))


def _value_sources(review: Review, when: When) -> Iterator[Content]:
    """The values grouped by source and age, each value once."""
    by_source: dict[str, list[str]] = {}
    for value in review.values:
        age = f", synced {when(value.synced_at)}" if value.synced_at else ""
        shown = by_source.setdefault(f"{value.source}{age}", [])
        text = value.text.replace("\n", " ")
        if text not in shown:
            shown.append(text)
    for source, texts in by_source.items():
        yield Content.assemble((" · ".join(texts), "$act bold"), (f"  {source}", "$dim"))


def stop(words: str) -> Content:
    """The line above the keys for a reply that can no longer be sent."""
    return Content.styled(f"■ {words}", "$red bold")


def verdict(review: Review, key: KeyOf, *, armed: bool, more: bool = False) -> Content:
    """The line above the keys: what the key for sending would do now, in the colour of its level."""
    mark, tone = _MARKS[review.level]
    return Content.assemble((f"{mark} ", tone), (_says(review, key, armed=armed, more=more), f"{tone} bold"))


def _says(review: Review, key_of: KeyOf, *, armed: bool, more: bool) -> str:
    if review.level is Level.RED:
        return "This cannot be sent yet."
    key = key_of("send" if review.level is Level.GREEN else "send-amber")
    if not armed:
        return f"Read it over; {key} will send."
    if more:
        return f"{key} scrolls on: the end is below."
    people = (*review.draft.to, *review.draft.cc, *review.draft.bcc)
    whom = people[0].name or people[0].address if people else "nobody"
    others = f" and {len(people) - 1} more" if len(people) > 1 else ""
    anyway = "" if review.level is Level.GREEN else " anyway"
    return f"{key} sends it to {whom}{others}{anyway}."
