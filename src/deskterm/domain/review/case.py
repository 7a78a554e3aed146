"""Everything that the rules of the review look at, as values."""

from collections.abc import Mapping
from dataclasses import field

from deskterm.domain.messages import Address
from deskterm.domain.review.replies import Claim
from deskterm.domain.suggest.further_questions import SideAsk
from deskterm.domain.suggest.thanks import ThanksDoubt
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class OrderInText:
    """An order that a reply mentions, and its relation to the customer.

    `theirs`: placed with an address of this customer. `other` is the name of another known customer who
    placed it. `named`: this customer has written its number.
    """

    mark: str
    theirs: bool
    other: str = ""
    named: bool = False
    email: str = ""


@dataclass(frozen=True, slots=True)
class AttachedFiles:
    """How many files are attached, their bytes together, and the names of those that cannot be read.

    `missing` are those that the macro asks for and that were not picked.
    """

    count: int = 0
    weight: int = 0
    unreadable: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """Everything that the rules look at. `body` is the letter, `words` the same without the signature.

    Addresses: `people` are all in the ticket's mails, `customer` are the customer's, `own` are ours, all
    case-folded. `failed` are mailboxes whose mail came back, with the report's words. `unasked`: the newest
    mail is a machine's, and nobody waits for an answer. `sends`: one of our mailboxes can send as the draft's
    sender.

    The macro: `unfit` are sentences on why it does not fit the order or what it repeats. `held`: the owner
    has stopped its letters. `thanks`: a doubt, where the mail says thank you. `unanswered` are further
    questions of the mail, if the macro's text was not changed.

    The customer: `mail` is what they wrote, with their signature, `writer` is their name, `written_in` the
    language ("" if not certain). `photo_came`: they sent a photo. `dispute` is advice if they mention a
    lawyer, a payment dispute or the like. `wrote_again`: they wrote after the draft was begun. `answered`
    says that another reply is on its way or sent.
    The text: `untimely` are words that are wrong on the day the letter goes, which `goes_on` names.
    `unsourced` are figures from a drafting command that are in no source. `products` are doubts about the
    products it mentions. `signature` is the shop's sign-off. `silence` says since when the order's parcel has
    been silent, where the letter may tell of it as if all were well.
    """

    words: str
    body: str
    sender: str
    recipients: tuple[Address, ...]
    sends: bool
    own: frozenset[str]
    people: frozenset[str]
    customer: frozenset[str] = frozenset()
    failed: Mapping[str, str] = field(default_factory=dict)
    unasked: bool = False
    claims: tuple[Claim, ...] = ()
    orders: tuple[OrderInText, ...] = ()
    unfit: tuple[str, ...] = ()
    files: AttachedFiles = AttachedFiles()
    subject: str = "-"
    dispute: str = ""
    written_in: str = ""
    photo_came: bool = True
    mail: str = ""
    writer: str = ""
    signature: str = ""
    unanswered: tuple[SideAsk, ...] = ()
    untimely: tuple[str, ...] = ()
    goes_on: str = ""
    unsourced: tuple[str, ...] = ()
    thanks: ThanksDoubt = ThanksDoubt.NONE
    products: tuple[str, ...] = ()
    silence: str = ""
    answered: str = ""
    wrote_again: bool = False
    held: bool = False
