"""The review on screen: the customer's words, the checks, the mail as it will be sent, and the verdict."""

from collections.abc import Iterable
from typing import Any

from textual.containers import Container, Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from deskterm.actions.work import Work
from deskterm.domain.review.replies import Review
from deskterm.widgets import letter
from deskterm.widgets.drawing.mail_head import Head
from deskterm.widgets.sheet import Sheet

_LOW = 30  # terminal rows below which there are no empty lines
_MARGINS = 4  # cells beside the envelope line


class ReviewPicture:
    """Shows a review in the widgets it makes."""

    def __init__(self, screen: Screen[Any], work: Work) -> None:
        self._screen, self._work = screen, work
        self._envelope, self._verdict = (
            Static(id="envelope", markup=False),
            Static(id="verdict", markup=False),
        )
        self._words, self._checks, self._head = Sheet(ident="words"), Sheet(ident="checks"), Head()
        self.letter = Sheet(self._head, ident="letter")  # the mail as it will be sent

    def widgets(self) -> Iterable[Widget]:
        """On the left the customer's words and the checks, on the right the mail as it will be sent."""
        theirs = Static("They wrote", classes="title", markup=False)
        ours = Static("This will go out", classes="title", markup=False)
        yield self._envelope
        yield Horizontal(
            Vertical(theirs, self._words, self._checks, id="left"),
            Container(ours, self.letter, id="right"),
            id="pair",
        )
        yield self._verdict

    def show(self, review: Review) -> None:
        """Show all but the verdict."""
        self._words.show(letter.customer_words(review))
        self._head.show(letter.head(review))
        self.letter.show(letter.body(review))
        self._show_checks(review)
        self._show_envelope(review)

    def fit(self, review: Review | None) -> None:
        """Fit the size of the screen, with the review that is on it, if any."""
        self._screen.set_class(self._screen.size.height < _LOW, "low")
        if review is not None:
            self._show_checks(review)
            self._show_envelope(review)

    def _show_checks(self, review: Review) -> None:
        moment, now = self._work.formats.moment, self._work.now()
        self._checks.show(letter.checks(review, lambda at: moment(at, now), self._work.key))

    def _show_envelope(self, review: Review) -> None:
        """On a low screen one line if it fits, else the mail's head above the letter."""
        size = self._screen.size
        line = letter.envelope(review, size.width - _MARGINS) if size.height < _LOW else None
        self._envelope.update(line or "")
        self._screen.set_class(line is not None, "one-line")

    def show_verdict(self, review: Review | None, stopped: str, *, armed: bool) -> None:
        """Say what the keys would do now: `stopped` is why nothing can be sent, empty if it can."""
        if stopped:
            self._verdict.update(letter.stop(stopped))
        elif review is not None:
            shown = letter.verdict(review, self._work.key, armed=armed, more=bool(self.unread))
            self._verdict.update(shown)

    @property
    def unread(self) -> list[Sheet]:
        """What has not been scrolled to its end: the mail, the checks."""
        return [sheet for sheet in (self.letter, self._checks) if not sheet.at_end]

    def read_on(self) -> bool:
        """Scroll on while the end has not been seen; gives whether there was more."""
        unread = self.unread
        for sheet in unread:  # both at once
            sheet.go_page(1)
        return bool(unread)
