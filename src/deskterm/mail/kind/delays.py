"""Whether a report in words says that mail is delayed, or that the server has given up."""

import re

from deskterm.mail.phrases import Phrases

_DELAY = Phrases(
    r"\(delay\)|delayed|still being (?:re)?tried|will (?:keep|continue to) (?:try|attempt|be)"
    r"|not yet been delivered|not been delivered (?:yet|for|after|in|within|so far)\b"
    r"|temporary failure report|do not need to re-?send"
    r"|delivery attempts will continue|could not send (?:mail|message) for past"
)
_GIVEN_UP = Phrases(
    r"(?:given|giving|gave) up|permanent|returned|retry timeout exceeded"
    r"|could not be delivered\b(?! (?:for|in|within|yet))|gives up"
    r"|(?:final|last) (?:delivery )?(?:attempt|failure)|was (?:deleted|removed|discarded|dropped)"
    r"|has expired|endgültig|abgebrochen|aufgegeben|zurückgesandt|définitiv|abandonné|renvoyé|definitiv"
    r"|devuelto|restituito|teruggestuurd|zwrócon"
)
_NO_MORE = Phrases(
    r"(?:will|would|does|shall) not (?:be )?(?:re-?)?(?:try|tried|attempt|sent again|deliver)"
    r"|no (?:further|more) (?:attempts?|tries|retries|delivery)|not be (?:retried|attempted)"
    r"|keine weiteren? (?:versuche?|zustell)|aucune autre tentative|no se (?:harán|realizarán)"
    r"|nessun altro tentativo"
)
# A sentence about the future or a condition: the server has not given up yet.
_TO_COME = re.compile(
    r"\b(?:will|would|if|eventually|until|unless|after \w+ (?:days|hours)|werden|wird|falls|wenn|sera"
    r"|seront|si|será|se|sarà|als|indien|zal|jeśli|będzie)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[.!?](?:\s|$)|\n\s*\n")


def is_delayed(subject: str, notes: str) -> bool:
    """Whether a report without fields speaks of a delay and nowhere says that the server has given up."""
    return _DELAY.appear_in(f"{subject}\n{notes}") and not _has_given_up(notes)


def _has_given_up(notes: str) -> bool:
    """Whether a report says that the server has given up, not only that it will at some time."""
    if _NO_MORE.appear_in(notes):
        return True
    return any(
        _GIVEN_UP.appear_in(sentence) and not _TO_COME.search(sentence)
        for sentence in _SENTENCES.split(notes)
    )
