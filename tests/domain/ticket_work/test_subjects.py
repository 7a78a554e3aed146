"""Subjects as they are compared: without marks of answers and tags of gateways."""

import pytest

from deskterm.domain.ticket_work.subjects import base_subject, is_answer, without_number

MARKS = [
    "Re:", "RE : ", "Re[3]:", "Re(2):", "AW:", "WG:", "Antw.:", "SV:", "VS:", "Odp:", "YNT:", "Rif:", "R:", "RV:", "TR:",
    "Rép :", "Vá:", "ΑΠ:", "Ответ:", "השב:", "رد:", "返信:", "回复：", "회신:", "[EXTERNAL] Re:", "[Extern] AW:", "(EXT) Re:",
    "***SPAM*** Sv:", "*** Spam *** Re:", "Re: [Suspected Spam]", "[Mugs] Re: AW: [EXT]", "{Spam?} Fwd:", "EXTERNAL: Re:",
    "⚠️ Re:", "[EXT] - RE:", "Betreff: AW:",
    "CAUTION: EXTERNAL EMAIL - Re:", "ACHTUNG: EXTERNE E-MAIL - AW:", "Attention : courriel externe - TR:",
]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_marks_and_tags_and_stacks_of_them_are_left_out(mark):
    assert base_subject(f"{mark} Tasse  mit Sprung") == "tasse mit sprung"
    assert is_answer(f"{mark} Tasse mit Sprung")


@pytest.mark.parametrize(
    "subject",
    ["Order 1042: late", "Problem: the cup broke", "[Order 1042] Late", "Question: blue?", "返品について"],
)
def test_words_of_the_matter_stay(subject):
    assert base_subject(subject) == subject.casefold()
    assert not is_answer(subject)


def test_the_number_another_help_desk_adds_to_an_answer_can_be_left_out():
    marked = [
        "Re: [Ticket#8123] Tasse",
        "[Ticket#8123] Re: Tasse",
        "AW: (Case 55-1): Tasse",
        "CAUTION: EXTERNAL EMAIL - RE: {#9} Tasse",
        "Re: ##8123## Tasse",
    ]
    assert {without_number(subject) for subject in marked} == {"tasse"}
    assert not without_number("[Order 1042] Tasse")
    assert not without_number("Re: Tasse")


def test_a_subject_of_marks_alone_joins_nothing():
    assert not base_subject("Re: [EXTERNAL] AW:")
