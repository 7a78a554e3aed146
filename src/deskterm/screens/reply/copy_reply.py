"""What can be copied from the review."""

from collections.abc import Iterator

from deskterm.actions.copy import Copyable, order_texts
from deskterm.domain.review.replies import Review


def reply_texts(review: Review) -> Iterator[Copyable]:
    """The reply, its recipients, the mail it answers, and its order."""
    yield Copyable("r", "the reply", review.body)
    yield from (Copyable("e", "mail address", person.address) for person in review.draft.to)
    yield Copyable("m", "their mail", review.customer_words)
    if review.order is not None:
        yield from order_texts(review.order.order)
