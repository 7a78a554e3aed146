"""Log a telephone call, a message or a public review."""

from deskterm.actions.front import Front
from deskterm.domain.matters.calls import KINDS
from deskterm.widgets.picker import Option


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask who spoke and where, let the owner write it down; what was answered goes to the clipboard."""
    options = [
        Option(key, words, key, f"{said.channel}, {'answered' if said.ours else 'unanswered'}")
        for key, (words, said) in KINDS.items()
    ]
    chosen = await front.pick("What was said elsewhere", options)
    text = await front.write_note(ids[0]) if chosen else None
    if not chosen or not text:
        return
    said = KINDS[chosen][1]
    done = await front.work.write(front.work.desk.calls.log, ids[0], said, text, front.work.now())
    await front.work.write(front.work.desk.tickets.keep_note, ids[0], "")
    if said.ours and said.channel != "phone":
        front.show_change(done)
        front.copy(text, "what you answered")
    else:
        front.show_change(done)
