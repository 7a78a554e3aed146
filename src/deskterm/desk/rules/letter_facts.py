"""What of a mail decides whether a letter may go to its writer by itself."""

from deskterm.desk.shop import DeskContext
from deskterm.domain.messages import Cue, Message
from deskterm.domain.rules.letters import Asked
from deskterm.domain.suggest.disputes import is_dispute
from deskterm.mail.kind.answering import forbids_automatic_answer
from deskterm.mail.parse import parse
from deskterm.storage.mail import aliases, messages
from deskterm.storage.rules import letters
from deskterm.storage.schema.database import Tx

_DOUBTFUL = frozenset(
    {Cue.NOT_AUTHENTIC, Cue.NAME_SHOWS_OTHER, Cue.TWO_SENDERS, Cue.UNREADABLE, Cue.DAMAGED, Cue.LINKED}
)
_BY_MAIL = "mail"


def read_asked(tx: Tx, shop: DeskContext, mail: Message) -> Asked:
    """Read these facts of a customer's mail."""
    ours = shop.settings.own_addresses | aliases.known_aliases(tx)
    return Asked(
        at=mail.at,
        forbids=not mail.human
        or Cue.BY_PROGRAM in mail.cues
        or forbids_automatic_answer(parse(messages.original(tx, mail.id))),
        listed=bool(letters.list_id_of(tx, mail.id)),
        direct=letters.channel_of(tx, mail.id) == _BY_MAIL,
        to_sender={one.key for one in mail.answer_to} <= {mail.sender.key}
        and ours.isdisjoint((mail.sender.key, _without_tag(mail.sender.key))),
        to_us=any(one.key in ours for one in (*mail.to, *mail.cc)),
        dispute=is_dispute(f"{mail.subject}\n{mail.own_words}"),
        authentic=_DOUBTFUL.isdisjoint(mail.cues) and not mail.stranger,
    )


def _without_tag(address: str) -> str:
    """`help@shop.example` of `help+sales@shop.example`: on many servers it is the same mailbox."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
