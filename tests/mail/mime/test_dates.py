"""Dates in header fields."""

import pytest

from deskterm.mail.mime.dates import timestamp


@pytest.mark.parametrize(
    ("field", "at"),
    [
        ("Mon, 12 Oct 2026 09:14:22 +0200", 1791789262),
        ("12 Oct 2026 09:14:22 +0200 (CEST)", 1791789262),
        ("Mon, 12 Oct 2026 07:14:22 GMT", 1791789262),
        ("Mon, 12 Oct 26 07:14:22 -0000", 1791789262),
        ("Mon, 12 Oct 2026 03:14:22 EDT", 1791789262),
        ("Mon Oct 12 07:14:22 2026", 1791789262),
        ("Mon, 12-Oct-2026 07:14:22", 1791789262),
        ("2026-10-12T09:14:22+02:00", 1791789262),
        ("October 12, 2026 07:14:22", 1791789262),
        ("Mon, 12 Oct 2026 07:14", 1791789240),
        ("Mon, 12 Oct 2026 07:14:60 +0000", 1791789300),
        ("Thu, 1 Jan 1970 00:00:00 +0000", 0),
        ("Tue, 19 Jan 2038 03:14:08 +0000", 2147483648),
        ("Mon, 12 Oct 2026 07:14:22 +9999", 1791789262),
    ],
)
def test_a_date_is_read(field, at):
    assert timestamp(field) == at


@pytest.mark.parametrize(
    "field",
    [
        "",
        "yesterday",
        "31 Foo 2026 25:61",
        "31 Feb 2026 10:00:00",
        "Mon, 1 Jan 99999 00:00:00 +0000",
        "9" * 5000,
        "Mon, 12 Oct 2150 07:14:22 +0000",
        "Wed, 31 Dec 1969 23:59:59 +0000",
        "Mon, 12 Oct 2026 24:00:00 +0000",
    ],
)
def test_an_invalid_or_absurd_date_is_none(field):
    assert timestamp(field) is None
