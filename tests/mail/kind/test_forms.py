"""Forms in columns, and what shows that a program made one."""

import pytest

from deskterm.mail.kind.form.columns import with_colons
from deskterm.mail.kind.form.marks import has_form_marks
from deskterm.mail.parse import parse


def test_the_end_of_a_long_form_in_columns_is_kept():
    rows = "| Name | Ivy Lee |\n| Email | ivy@lee.example |\n| Message | Hello. |\n"
    columns = with_colons(rows + "line\n" * 500 + "PLEASE CANCEL ORDER 1042")
    assert columns.text.endswith("PLEASE CANCEL ORDER 1042")


@pytest.mark.parametrize(
    ("field", "marked"),
    [
        ("Auto-Submitted: no", False),
        ("X-Auto-Response-Suppress: None", False),
        ("X-Mailer: Acme Platform 2", False),
        ("Auto-Submitted: auto-generated", True),
        ("X-Mailer: PHPMailer 6.1", True),
        ("X-Mailer: Contact Forms", True),
    ],
)
def test_a_field_that_says_no_is_no_sign_of_a_program(field, marked):
    assert has_form_marks(parse(f"From: a@b.example\n{field}\n\nHello".encode()), "Hello") is marked
