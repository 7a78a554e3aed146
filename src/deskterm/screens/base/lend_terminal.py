"""Hands the terminal to another program for a while, such as an editor."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from deskterm.errors import NotNow

if TYPE_CHECKING:
    from textual.app import App


@contextmanager
def lend_terminal(app: "App[None]") -> Iterator[None]:
    """Leave the screen for the block and take it back however the block ends; raises what the block raised.

    Textual takes it back only if nothing is raised; otherwise the screen would freeze. NotNow for a terminal
    that cannot be lent.
    """
    failed: BaseException | None = None
    try:
        with app.suspend():
            try:
                yield
            except BaseException as error:  # noqa: BLE001 - all of it, Ctrl+C too: raised below
                failed = error
    except SuspendNotSupported as error:
        raise NotNow("This terminal cannot be handed to an editor.") from error
    if failed is not None:
        raise failed
