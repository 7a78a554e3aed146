"""A telephone number is recognised however it is written, and never taken for another."""

import pytest

from deskterm.domain.people.phones import phone_key


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("0171 1234567", "DE"), ("+49 (0)171 123 45 67", ""), ("0049 171 1234567", "FR"), ("+49 0171 1234567", ""),
        ("'+491711234567", "US"), ("0171/123-45-67", "de"), ("+49 171 1234567 ext. 12", ""), ("0171.1234567", " DE "),
    ],
)  # fmt: skip
def test_one_german_number_has_one_key(text, country):
    assert phone_key(text, country) == "491711234567"


@pytest.mark.parametrize(
    ("text", "country", "key"),
    [
        ("(415) 555-0132", "US", "14155550132"),
        ("1-415-555-0132", "CA", "14155550132"),
        ("011 44 20 7946 0958", "US", "442079460958"),
        ("020 7946 0958", "GB", "442079460958"),
        ("06 20 123 4567", "HU", "36201234567"),
        ("8 (912) 345-67-89", "RU", "79123456789"),
        ("02 1234 5678", "IT", "390212345678"),
        ("+39 02 12345678", "", "390212345678"),
        ("612 34 56 78", "ES", "34612345678"),
    ],
)
def test_each_country_dials_its_own_way(text, country, key):
    assert phone_key(text, country) == key


@pytest.mark.parametrize(
    ("text", "country"),
    [("", "DE"), ("n/a", "DE"), ("0000000000", "DE"), ("1234567", ""), ("0171 1234567", "Atlantis"), ("112", "DE"),
     ("+4917112345678901234", "")],
)  # fmt: skip
def test_what_is_no_number_or_names_no_country_has_no_key(text, country):
    assert not phone_key(text, country)
