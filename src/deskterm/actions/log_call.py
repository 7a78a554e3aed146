"""Log a phone call, a message or a public review; plan a call; note how the customer wants to be reached."""

from deskterm.actions import contact_pickers
from deskterm.actions.front import Front
from deskterm.domain.ticket_work.calls import KINDS, Spoken
from deskterm.widgets.picker import Option

_DONE, _CALL_BACK = "done", "call back"


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask who spoke and where, and let the owner write it down. What the owner answered is also copied."""
    call = front.work.desk.calls.to_make(ids[0])
    options = [
        Option(key, words, key, f"{spoken.channel}, {'answered' if spoken.ours else 'unanswered'}")
        for key, (words, spoken) in KINDS.items()
    ]
    if call is not None:
        options.insert(0, Option(_DONE, f"called {call.number}", "d", "then write what was said"))
    options.append(Option(_CALL_BACK, "plan a call", "b", "hidden until then"))
    chosen = await front.pick("Log what was said elsewhere", [*options, contact_pickers.OPTION])
    if chosen == contact_pickers.OPTION.value:
        await contact_pickers.ask_preferred(front, ids[0])
    elif chosen == _CALL_BACK:
        await contact_pickers.ask_call_back(front, ids[0])
    elif chosen == _DONE and call is not None:
        await _log(front, ids[0], KINDS["a"][1], f"Called {call.number}.")
    elif chosen:
        text = await front.write_note(ids[0])
        if text:
            await _log(front, ids[0], KINDS[chosen][1], text)
            await front.work.write(front.work.desk.tickets.keep_note, ids[0], "")


async def _log(front: Front, ticket_id: int, spoken: Spoken, text: str) -> None:
    done = await front.work.write(front.work.desk.calls.log, ticket_id, spoken, text, front.work.now())
    front.show_change(done)
    if spoken.ours and spoken.channel != "phone":
        front.copy(text, "your answer")
