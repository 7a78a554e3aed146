"""Whatever the order of arrival, the same mails give the same tickets."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskterm.domain.messages import MachineKind
from deskterm.intake.values import Context
from intake.world import CONTEXT, DAY, JANA, MIRA, NOON, OMAR, SHOP, World, mail, picture, told

PEOPLE = (JANA, OMAR, MIRA)
FIRST = Context(CONTEXT.own, NOON, CONTEXT.playbook, first_sync=True)
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def mails(draw: st.DrawFn):
    """Up to seven mails among three customers and us, answering each other and mails nobody has."""
    count = draw(st.integers(2, 7))
    times = draw(st.lists(st.integers(0, 60 * DAY), min_size=count, max_size=count, unique=True))
    found = []
    for place, back in enumerate(sorted(times, reverse=True)):
        known = [f"m{one}" for one in range(place)] + ["lost"]
        parents = tuple(draw(st.lists(st.sampled_from(known), max_size=2, unique=True)))
        subject = draw(st.sampled_from(("Mug", "Re: Mug", "Order 1042", "")))
        name, at = f"m{place}", NOON - 1 - back
        kind = draw(st.sampled_from(("in", "in", "in", "out", "out", "bounce", "away")))
        person = draw(st.sampled_from(PEOPLE))
        cc = tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=1)))
        if kind == "in":
            answers = parents[0] if parents and draw(st.booleans()) else ""
            one = mail(
                name, person, subject=subject, parents=parents, cc=cc, answers=answers, text="Where is it?"
            )
        elif kind == "out":
            one = mail(name, SHOP, (person,), subject=subject, parents=parents, cc=cc, date=at)
        elif kind == "bounce":
            daemon = type(JANA)("", "mailer-daemon@mx.example")
            one = mail(name, daemon, kind=MachineKind.BOUNCE, about=parents[:1], subject="Undelivered")
        else:
            one = mail(name, person, kind=MachineKind.VACATION, parents=parents, subject="Away")
        found.append((one, at))
    return found


def tickets_of(batches, context: Context, *, infer: bool):
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        for batch in batches:
            world.come(*batch, context=context)
        if infer:
            world.infer()
        with world.db.read() as tx:
            assert tx.execute("PRAGMA foreign_key_check").fetchall() == []
            shown = picture(tx), told(tx) if infer else None
        world.db.close()
        return shown


@st.composite
def shuffled(draw: st.DrawFn):
    straight = draw(mails())
    mixed = draw(st.permutations(straight))
    cut = draw(st.integers(0, len(mixed)))
    return straight, [batch for batch in (mixed[:cut], mixed[cut:]) if batch]


@SLOW
@given(shuffled())
def test_a_first_sync_gives_the_same_tickets_and_the_same_history_in_any_order(case):
    straight, mixed = case
    assert tickets_of([straight], FIRST, infer=True) == tickets_of(mixed, FIRST, infer=True)


@SLOW
@given(shuffled())
def test_new_mail_gives_the_same_tickets_in_any_order(case):
    straight, mixed = case
    one_by_one = [[one] for one in straight]
    assert tickets_of(one_by_one, CONTEXT, infer=False) == tickets_of(mixed, CONTEXT, infer=False)


@SLOW
@given(mails())
def test_mail_that_arrives_twice_changes_nothing(arriving):
    once = tickets_of([arriving], CONTEXT, infer=False)
    assert tickets_of([arriving, arriving[::-1]], CONTEXT, infer=False) == once
