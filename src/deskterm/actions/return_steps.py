"""Record the steps of a return: label sent, parcel back, money back."""

from deskterm.actions.front import Front
from deskterm.domain.orders.returns import ReturnStep
from deskterm.widgets.picker import Option

_KEYS = {ReturnStep.LABEL: "l", ReturnStep.BACK: "p", ReturnStep.MONEY: "m"}
_BEGINS = (ReturnStep.LABEL, ReturnStep.BACK)
_NONE = "none"


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Let the owner pick the step; recorded steps are shown and cannot be picked."""
    work, returns = front.work, front.work.desk.products.returns
    found = returns.order_of(ids[0])
    if found is None:
        front.tell("No order of this customer is known.", "amber")
        return
    order, noted = found
    is_paid = noted is not None and noted.money_at is not None
    known = {step: noted.at_step(step) if noted else None for step in ReturnStep}
    options = [
        Option(step, str(step), _KEYS[step], "" if at is None else work.formats.day(at), off=at is not None)
        for step, at in known.items()
    ]
    if is_paid:  # another one may begin
        options[:2] = [Option(step, str(step), _KEYS[step], "of another return") for step in _BEGINS]
    if noted is not None:
        options.append(Option(_NONE, "nothing comes back", "n", "removes the record"))
    chosen = await front.pick(f"Return of {order.mark}", options)
    if chosen == _NONE:
        front.show_change(await work.write(returns.drop, ids[0], order.id, work.now()))
    elif chosen:
        done = await work.write(returns.note, ids[0], order.id, ReturnStep(chosen), work.now())
        front.show_change(done)
