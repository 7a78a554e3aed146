"""A mail of the sample store as a value, before it becomes bytes."""

from dataclasses import field, replace

from deskterm.demo import shop
from deskterm.demo.people import Person
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. `at` is its arrival (UTC seconds), `key` the local part of its Message-ID.

    `answers` is the letter it replies to, quoted in the writer's `style`: plain,
    gmail (text and HTML), html (HTML alone), phone, outlook or apple. `raw` holds
    the whole mail where a machine wrote it.
    """

    at: int
    key: str
    name: str
    address: str
    to: tuple[str, str]
    subject: str
    text: str
    ours: bool = False
    style: str = "plain"
    language: str = "en"
    answers: "Letter | None" = None
    attachments: tuple[tuple[str, str, bytes], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    seen: bool = True
    raw: str = ""
    parents: tuple[str, ...] = field(default=())

    @property
    def message_id(self) -> str:
        """The Message-ID with angle brackets."""
        return f"<{self.key}@{self.address.partition('@')[2]}>"


STYLES = ("gmail", "plain", "phone", "outlook", "apple", "gmail", "html", "plain")


def from_customer(person: Person, at: int, key: str, subject: str, text: str, **more: object) -> Letter:
    """A customer's mail to the shop, in that customer's style."""
    style = STYLES[sum(map(ord, person.address)) % len(STYLES)]
    given = {"style": style, "language": person.language, **more}
    return Letter(at, key, person.name, person.address, (shop.NAME, shop.ADDRESS), subject, text, **given)  # type: ignore[arg-type]


def from_shop(to: Letter, at: int, key: str, text: str, *, address: str = "") -> Letter:
    """The shop's reply to a letter, with signature and quote."""
    return Letter(
        at,
        key,
        shop.OWNER,
        shop.ADDRESS,
        (to.name, address or to.address),
        answering(to.subject),
        f"{text}\n\n-- \n{shop.SIGNATURE}",
        ours=True,
        answers=to,
        language=to.language,
        parents=lineage(to),
    )


def answering(subject: str) -> str:
    """The subject with one `Re:` before it."""
    return subject if subject.startswith("Re: ") else f"Re: {subject}"


def lineage(letter: Letter) -> tuple[str, ...]:
    """The Message-IDs that a reply to that letter refers to, oldest first."""
    return (*letter.parents, letter.message_id)


def reply_again(person: Person, last: Letter, at: int, text: str, **more: object) -> Letter:
    """The customer's next letter in the same conversation."""
    letter = from_customer(person, at, next_key(last), last.subject, text, **more)
    return replace(letter, answers=last, parents=lineage(last))


def next_key(letter: Letter) -> str:
    """The key of the next letter in the same conversation: `h7.2` after `h7.1`."""
    matter, _, place = letter.key.rpartition(".")
    return f"{matter}.{int(place) + 1}"
