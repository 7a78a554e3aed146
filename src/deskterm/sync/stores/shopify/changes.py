"""Changing something in a shop of Shopify's: a question that is sent once, and what its answer means."""

from typing import TypeVar

from deskterm.domain.orders.actions import ActionAnswer, ActionState
from deskterm.domain.text import line
from deskterm.errors import LoginRefused, ServerRefused, WireError
from deskterm.sync.line.failures import Busy
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.shopify.wire import NotTaken, ShopifyWire, TooCostly

T = TypeVar("T")
DONE = ActionAnswer(ActionState.DONE)


class UserErrorRow(Answered):
    """Why Shopify did not do it. Nothing was changed then."""

    message: str = ""
    code: str | None = None


class ChangeAnswer(Answered):
    """What every change answers."""

    user_errors: tuple[UserErrorRow, ...] = ()

    def refusal(self) -> ActionAnswer:
        """The refusal, in Shopify's words."""
        words = "; ".join(one.message for one in self.user_errors) or "Shopify did not do it."
        return refuse(words)

    def outcome(self) -> ActionAnswer:
        """Done, unless Shopify says why not."""
        return self.refusal() if self.user_errors else DONE


def refuse(words: str) -> ActionAnswer:
    """It did not happen."""
    return ActionAnswer(ActionState.REFUSED, line(words)[:300])


def change(wire: ShopifyWire, name: str, kind: type[T], **variables: object) -> T | ActionAnswer:
    """Ask for a change, once: the answer, or REFUSED where Shopify did nothing, or UNKNOWN.

    Unknown is a lost answer, a server in trouble, an answer that cannot be read.
    Raises NotTaken and LoginRefused: then nothing was done, and it may be sent later as it is.
    """
    try:
        return wire.ask(name, kind, **variables)
    except (NotTaken, LoginRefused):
        raise
    except TooCostly:
        return refuse("It is more than Shopify does at once.")
    except Busy as error:
        return ActionAnswer(ActionState.UNKNOWN, error.what)
    except ServerRefused as error:
        return refuse(error.what)
    except WireError as error:
        return ActionAnswer(ActionState.UNKNOWN, error.what)
