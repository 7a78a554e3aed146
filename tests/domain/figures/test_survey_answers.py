"""What counts as an answer to a survey, and what is just a mail that begins with a digit."""

import pytest

from deskterm.domain.figures.records import SurveyKind
from deskterm.domain.figures.survey_answers import SurveyWords, read_answer

SAID = [
    ("5", SurveyWords(5)),
    ("5!", SurveyWords(5)),
    ("4/5", SurveyWords(4)),
    ("4 von 5", SurveyWords(4)),
    ("3 - it took very long", SurveyWords(3, "it took very long")),
    ("2\n\nNobody told me anything.", SurveyWords(2, "Nobody told me anything.")),
    ("5, thank you!", SurveyWords(5, "thank you!")),
    ("5 Vielen Dank", SurveyWords(5, "Vielen Dank")),
    ("STOP", SurveyWords(stop=True)),
    ("Stop, please", SurveyWords(stop=True)),
]
NOTHING = [
    "5 pieces were missing",
    "2 weeks ago I wrote to you",
    "Thank you, all is well",
    "7",
    "0",
    "1042 is my order",
    "",
    "Don't stop making these mugs",
]
KEPT_ASIDE = [  # written before the rules, tried at the end
    ("1: still broken", SurveyWords(1, "still broken")),
    ("5 merci beaucoup", SurveyWords(5, "merci beaucoup")),
    ("3 of the mugs are chipped", None),
    ("4.", SurveyWords(4)),
]


@pytest.mark.parametrize(("words", "said"), [*SAID, *((one, None) for one in NOTHING), *KEPT_ASIDE])
def test_an_answer_is_a_digit_on_its_own(words, said):
    assert read_answer(SurveyKind.CSAT, words) == said


def test_other_questions_have_other_ranges():
    assert read_answer(SurveyKind.NPS, "10") == SurveyWords(10)
    assert read_answer(SurveyKind.NPS, "0") == SurveyWords(0)
    assert read_answer(SurveyKind.CES, "7") == SurveyWords(7)
    assert read_answer(SurveyKind.CES, "8") is None
