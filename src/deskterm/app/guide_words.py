"""The texts of the tour and the hints. {id} is the owner's key for a command."""

_TOUR = """
open
Most urgent on top. {down} and {up} go through the tickets, {open} opens one,
{back} goes back. Try {open}.

back
This is the whole conversation. {page-down} turns the page, {side} shows or
hides the customer and the orders. Try {back}.

first-answer
{first-answer} takes the answer offered under a mail to a last look: nothing goes
before {send} there. Try {first-answer}, then {back}.

undo
{snooze} puts a ticket away until a day, {solve} is done with it, {undo} takes
anything back. Try {snooze} and a day, then {undo}.

help
{search} finds any mail, {select} takes many tickets at once, {palette} finds a command
by its name, {help} shows all keys. Try {help}.
"""
_HINTS = """
again
{again} fills the last macro again.

select
{select} selects a ticket and goes on: {macro}, {solve}, {snooze} and {category} then act on all of them.

received
No answer yet? {received} tells the customer that you have read it and when they will hear from you.

filter
{filter} shows only some tickets of a list, as in from:jana or after:7d, and keeps that as a view.

forward
{forward} asks a supplier or a carrier: their answer appears beside the ticket.

merge
{merge} makes one ticket of several of a customer, or two of one.

go-radar
{go-radar} shows orders likely to become tickets: late, stuck, or not shipped.

go-metrics
{go-metrics} shows how the week went, with the tickets behind every figure.

history
{history} shows who did what on a ticket, and undoes any of it.
"""


def _read(text: str) -> tuple[tuple[str, str], ...]:
    """Each command with its text."""
    blocks = (block.split("\n") for block in text.strip().split("\n\n"))
    return tuple((name, " ".join(words)) for name, *words in blocks)


TOUR, HINTS = _read(_TOUR), _read(_HINTS)
