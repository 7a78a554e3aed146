"""Sending a mutation to Vendure once, and interpreting its answer."""

from collections.abc import Callable, Iterable

from deskterm.domain.orders.actions import ActionAnswer, ActionState
from deskterm.errors import LoginRefused, WireError
from deskterm.sync.stores.vendure.wire import Forbidden, ResultRow, VendureWire

DONE = ActionAnswer(ActionState.DONE)


def refuse(words: str) -> ActionAnswer:
    """It did not happen."""
    return ActionAnswer(ActionState.REFUSED, words)


def change(wire: VendureWire, name: str, **variables: object) -> ResultRow | ActionAnswer:
    """Send a mutation once: its result, or REFUSED in Vendure's words, or UNKNOWN without an answer."""
    try:
        found = wire.ask(name, dict[str, ResultRow], **variables).popitem()[1]
    except LoginRefused:
        raise
    except Forbidden as error:
        return refuse(error.what)
    except WireError as error:
        return ActionAnswer(ActionState.UNKNOWN, error.what)
    return refuse(found.words) if found.error_code else found


def send(wire: VendureWire, name: str, **variables: object) -> ActionAnswer:
    """As `change`, but returns DONE if it succeeded."""
    found = change(wire, name, **variables)
    return found if isinstance(found, ActionAnswer) else ActionAnswer(ActionState.DONE, "", found.id)


def take_steps(steps: Iterable[Callable[[], ActionAnswer]]) -> ActionAnswer:
    """Run steps in order; returns the outcome of the first that is not DONE."""
    answer = DONE
    for step in steps:
        answer = step()
        if answer.state is not ActionState.DONE:
            return answer
    return answer
