"""Channels beside mail, and who spoke on them."""

from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something that was said elsewhere: on which channel, and whether by us."""

    channel: str
    ours: bool


PHONE, MESSAGE, REVIEW = "phone", "message", "public review"
KINDS = {
    "c": ("they called", Spoken(PHONE, ours=False)),
    "a": ("you answered on the phone", Spoken(PHONE, ours=True)),
    "m": ("they sent a message", Spoken(MESSAGE, ours=False)),
    "s": ("you sent a message", Spoken(MESSAGE, ours=True)),
    "r": ("they wrote a public review", Spoken(REVIEW, ours=False)),
    "p": ("you answered a public review", Spoken(REVIEW, ours=True)),
}
