"""Sending a mutation to Shopify once, and interpreting its answer."""

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
    """A reason why Shopify did nothing."""

    message: str = ""
    code: str | None = None


class ChangeAnswer(Answered):
    """The part that the answers to all mutations have."""

    user_errors: tuple[UserErrorRow, ...] = ()

    def refusal(self) -> ActionAnswer:
        """The refusal, in Shopify's words."""
        words = "; ".join(one.message for one in self.user_errors) or "Shopify did not do it."
        return refuse(words)

    def outcome(self) -> ActionAnswer:
        """DONE, unless Shopify gives errors."""
        return self.refusal() if self.user_errors else DONE


def refuse(words: str) -> ActionAnswer:
    """It did not happen."""
    return ActionAnswer(ActionState.REFUSED, line(words)[:300])


def change(wire: ShopifyWire, name: str, kind: type[T], **variables: object) -> T | ActionAnswer:
    """Send a mutation once: returns its answer, or REFUSED if Shopify did nothing, or UNKNOWN.

    UNKNOWN means a lost answer, a server error, or an unreadable answer.
    Raises NotTaken and LoginRefused: then nothing was done, and it may be sent again later.
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
