"""Creating a Shopify gift card. Its code is derived from the action's key, so there can be only one."""

from deskterm.domain.money import as_decimal
from deskterm.domain.orders.action_names import code_of
from deskterm.domain.orders.actions import ActionAnswer, StoreAction
from deskterm.sync.stores.action_keys import has_key, with_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.lost_answers import NOT_THERE
from deskterm.sync.stores.shopify.answers import Listed
from deskterm.sync.stores.shopify.changes import DONE, ChangeAnswer, change, refuse
from deskterm.sync.stores.shopify.wire import ShopifyWire

_TAKEN = "TAKEN"


class CardRow(Answered):
    """A gift card, with the action's key in its note."""

    note: str | None = None


class CardsAnswer(Answered):
    """The cards found by a code."""

    gift_cards: Listed[CardRow]


class CardCreateAnswer(Answered):
    """The answer to a new card."""

    gift_card_create: ChangeAnswer


def give_card(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    """Create the card, unless it exists."""
    if action.amount is None:
        return refuse("An amount is needed.")
    if find_card(wire, action) is DONE:
        return DONE
    asked = {
        "code": code_of(action),
        "initialValue": str(as_decimal(action.amount)),
        "note": with_key(action.text, action.key),
    }
    answer = change(wire, "card_create", CardCreateAnswer, input=asked)
    if isinstance(answer, ActionAnswer):
        return answer
    made = answer.gift_card_create
    if any(one.code == _TAKEN for one in made.user_errors):  # the search lags behind: it is ours
        return DONE
    return made.outcome()


def find_card(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    """Find out whether the card exists."""
    found = wire.ask("cards_by_code", CardsAnswer, query=code_of(action)).gift_cards.nodes
    return DONE if any(has_key(one.note, action.key) for one in found) else NOT_THERE
