"""Uses a macro: asks for the order if several fit, fills the reply, and opens the review."""

from textwrap import shorten
from typing import Any

from deskterm.domain.liquid.questions import file_question
from deskterm.domain.review.replies import OrderOption, OwnWords
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.file_picker import FilePicker
from deskterm.screens.base.messages import Go
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.reply.order_choice import OrderScreen
from deskterm.widgets.picker import Option

_CANCEL = "cancel"
_BEGINS = 40  # characters by which a draft is recognised


def needs_no_choice(options: tuple[OrderOption, ...]) -> bool:
    """Whether nothing has to be asked: there is at most one order, or exactly one was named."""
    return len(options) <= 1 or sum(option.certain for option in options) == 1


async def ask_order(host: DeskScreen[Any], options: tuple[OrderOption, ...]) -> tuple[bool, int | None]:
    """Ask for the order if several fit; gives whether to go on, and the order."""
    if needs_no_choice(options):
        named = next((option for option in options if option.certain), next(iter(options), None))
        return True, named.order.id if named else None
    chosen = await host.app.push_screen_wait(OrderScreen(host.work, options))
    return chosen is not None, chosen


async def ask_values(host: DeskScreen[Any], macro_id: str) -> dict[str, str] | None:
    """The owner's answers to what a macro asks for; None if one was left. A file may be left out."""
    replies = host.work.desk.replies
    given = await ask_each(host, replies.questions(macro_id))
    if given is None:
        return None
    for entry in host.work.desk.playbook.current().macros[macro_id].asked_files:
        picker = FilePicker(host.work, f"{file_question(entry)}: which file?", replies.file_folder())
        if path := await host.app.push_screen_wait(picker):
            given[entry] = path
    return given


async def ask_each(host: DeskScreen[Any], questions: tuple[str, ...]) -> dict[str, str] | None:
    """The owner's answers to some questions; None if one was left."""
    given: dict[str, str] = {}
    for question in questions:
        asked = Choose(host.work, question, (), free=lambda words: [Option(words, words)], typing=True)
        answer = await host.app.push_screen_wait(asked)
        if answer is None:
            return None
        given[question] = answer
    return given


async def ask_about_draft(host: DeskScreen[Any], words: str) -> OwnWords | None:
    """What to do with the text of an existing draft; None if the owner keeps it and uses no macro."""
    if not words:
        return OwnWords.KEEP
    begins = shorten(words, _BEGINS, placeholder=" …")
    options = [
        Option(OwnWords.KEEP, "add the macro below it", "a", "one greeting stays"),
        Option(OwnWords.REPLACE, "replace it with the macro", "r"),
        Option(_CANCEL, "leave it as it is", "c"),
    ]
    picked = await host.app.push_screen_wait(Choose(host.work, f"There is a draft: {begins}", options))
    return None if picked in (None, _CANCEL) else OwnWords(picked)


async def take(
    host: DeskScreen[Any], ticket_id: int, macro_id: str, *, instead: bool = False, wait_id: int | None = None
) -> None:
    """Fill the macro into the ticket's draft and open the review, unless no order was picked.

    With `instead` the review replaces `host`. A new draft for which nothing was asked is dropped again if the
    owner leaves it unchanged. `wait_id` is the back-in-stock entry that the letter is about. To be awaited in
    a worker, as commands are. Raises the desk's failures.
    """
    work, replies = host.work, host.work.desk.replies
    own_words = await ask_about_draft(host, replies.own_words(ticket_id, work.now()))
    if own_words is None:
        return
    options = replies.orders_for(ticket_id, macro_id)
    goes_on, order_id = await ask_order(host, options)
    given = await ask_values(host, macro_id) if goes_on else None
    if given is None:
        return
    is_new = replies.begin(ticket_id, work.now()).id == 0
    taken = await work.write(
        replies.take, ticket_id, macro_id, order_id, work.now(), given, own_words=own_words, wait_id=wait_id
    )
    if is_new and not given and needs_no_choice(options):
        host.post_message(Go("suggestion", instead=instead, ticket_id=ticket_id, taken=taken))
    else:
        host.post_message(Go("review", instead=instead, ticket_id=ticket_id))
