"""The SOP in the panel: what is done, what is not for this case, what one key runs, and its record."""

from deskterm.config.store_kinds import Ability
from deskterm.domain.sops.outcomes import SopRecord
from deskterm.domain.sops.sop import Sop, Step
from deskterm.domain.views import SopView
from deskterm.widgets.drawing.sop_lines import SopLines

STEPS = (
    Step("a", "Look it up", link="order"), Step("b", "Refund it", action=Ability.REFUND),
    Step("c", "Only for parcels that have not left the house", macro="x"), Step("d", "Tell them", macro="late"),
)  # fmt: skip
RECORD = SopRecord(22, 410, 20, 3, ("Tell them",), (("late", 9),), ())
VIEW = SopView(
    Sop("s", "Late", STEPS), frozenset({"b"}), {"b": "refunded"}, {"c": "only if not shipped"}, record=RECORD
)


def drawn(cursor=None, view=VIEW) -> list[str]:
    lines = SopLines(view, 40, {}, lambda seconds: f"{seconds // 60}m", cursor, macro_key="m").lines
    return ["".join(bit.text for bit in one.bits).rstrip() for one in lines]


def test_each_step_shows_its_state_and_what_enter_runs():
    text = drawn()
    assert text[0] == "SOP  Late" + " " * 23 + "  1 of 3"
    assert "› Look it up" + " " * 22 + "  link" in text
    assert "✓ Refund it (refunded)" in text
    assert "– Only for parcels that have not left…" in text
    assert text[-1].startswith("○ Tell them")
    assert text[-1].endswith("  m")


def test_its_record_is_shown_above_and_inside_with_what_is_never_done():
    assert drawn()[1:4] == [
        "22 times, median 6m, 20 solved, 3 of", "them reopened; most ended with “late”", "(9)",
    ]  # fmt: skip
    assert not any("Never done" in one for one in drawn())
    inside = drawn(cursor=2)
    assert "Never done: Tell them" in inside
    assert "(only if not shipped)" in " ".join(inside)  # under the cursor the whole step is read


def test_without_enough_runs_there_is_no_record():
    assert drawn(view=SopView(VIEW.sop, frozenset()))[1].startswith("› Look it up")
