"""Every command, in the order in which it is shown.

Key bindings, palette, footer, help screen and the README's table are all made from `all_commands`.
`ticket_commands.py` has the records of commands whose work is a file of `actions/`; `screen_commands.py` has
those whose work is a method `do_<id>` of a screen or of the app.
"""

from deskterm.commands.record import Command
from deskterm.commands.screen_commands import SCREEN_COMMANDS
from deskterm.commands.ticket_commands import TICKET_COMMANDS

# The order in the footer, help and palette; a command that is not named here comes last.
ORDER = (
    "open first-answer second-answer third-answer received draft-outside "
    "reply macro note solve snooze sop tick run-step search go-metrics undo redo status "
    "category select select-to select-all forward merge promise priority log-call history who away "
    "again new next-ticket "
    "previous-ticket quotes headers attachments open-attachment fetch-rest links copy side "
    "density sync standing down up page-down page-up go-inbox go-waiting go-promised go-snoozed "
    "go-outbox go-questions go-hold "
    "go-solved go-drafts go-others go-spam go-trash habits go-rules go-self-review "
    "top bottom review send-many leave-out "
    "confirm-claims insert-macro also-answer-from-writing mail editor envelope "
    "discard keep-note discard-note back-from-note send send-amber later edit other-order attach "
    "after open-row try-rule make-macro make-faq publish-faq edit-faq "
    "switch-rule starter-rules edit-rules let-send rule-up rule-down answer-question "
    "bring-back retry give-up say-sent next-hit next-page page-before earlier newer span days "
    "hours against-year definition setup-write "
    "setup-untested setup-quit help palette quit back help-from-writing back-from-writing "
).split()
_PLACES = {name: at for at, name in enumerate(ORDER)}

BY_ID: dict[str, Command] = {one.id: one for one in (*SCREEN_COMMANDS, *TICKET_COMMANDS)}

_IN_ORDER = tuple(sorted(BY_ID.values(), key=lambda one: (_PLACES.get(one.id, len(ORDER)), one.id)))


def all_commands() -> tuple[Command, ...]:
    """Every command, in the order in which they are shown."""
    return _IN_ORDER
