"""Reading the address that a customer names, and what looks wrong in one."""

import pytest

from deskterm.domain.formats import Formats
from deskterm.domain.orders.addresses import _POSTCODES, doubts_about, read_address
from deskterm.domain.orders.order import PostalAddress

FORMATS = Formats("en_GB", "UTC")
WAS = PostalAddress("Jana Mertens", "Hafenstr. 3", "20457", "Hamburg", "", "DE")


@pytest.mark.parametrize(
    ("text", "street", "postcode", "city"),
    [
        ("Please send it to:\nNeue Straße 5\n10115 Berlin\n\nThanks", "Neue Straße 5", "10115", "Berlin"),
        ("My new address is Neue Straße 5, 10115 Berlin.", "Neue Straße 5", "10115", "Berlin"),
        ("Hi,\n\n12 Orchard Lane\nLeeds LS1 4AP\n\nKind regards", "12 Orchard Lane", "LS1 4AP", "Leeds"),
        ("New address:\n4711 Pine Street Apt 2\nReno, NV 89501", "4711 Pine Street Apt 2", "89501", "Reno"),
        (
            "Het nieuwe adres:\nKeizersgracht 12\n1015 CJ Amsterdam",
            "Keizersgracht 12",
            "1015 CJ",
            "Amsterdam",
        ),
        ("Ma nouvelle adresse est 8 rue des Lilas, 69003 Lyon", "8 rue des Lilas", "69003", "Lyon"),
        ("Adresse : 8 rue des Lilas\n69003 Lyon", "8 rue des Lilas", "69003", "Lyon"),
        ("Mi dirección es Calle Mayor 7, 28013 Madrid.", "Calle Mayor 7", "28013", "Madrid"),
        ("Could you send it to 9 Elm Road, Austin, TX 78701 please?\n\nAnn", "9 Elm Road", "78701", "Austin"),
        ("Bitte an An der Alster 5, 20099 Hamburg, Deutschland", "An der Alster 5", "20099", "Hamburg"),
        ("An der Alster 5\n20099 Hamburg", "An der Alster 5", "20099", "Hamburg"),
    ],
)
def test_a_new_address_is_read(text, street, postcode, city):
    found = read_address(text, WAS, FORMATS)
    assert found is not None
    assert (found.street, found.postcode, found.city) == (street, postcode, city)
    assert (found.name, found.country) == ("Jana Mertens", "DE")


def test_a_country_below_the_town_is_read():
    found = read_address("Send it to:\nÉmile Roux\n8 rue des Lilas\n69003 Lyon\nFrance\n\nBest", WAS, FORMATS)
    assert found == PostalAddress("Émile Roux", "8 rue des Lilas", "69003", "Lyon", "", "FR")
    found = read_address("Order 75 goes to 9 Elm Road, Austin, TX 78701, USA.", WAS, FORMATS)
    assert found == PostalAddress("Jana Mertens", "9 Elm Road", "78701", "Austin", "TX", "US")


def test_another_name_above_the_street_is_taken():
    found = read_address(
        "Please ship it to my sister:\nLena Brandt\nGartenweg 9\n80331 München", WAS, FORMATS
    )
    assert found is not None
    assert (found.name, found.street) == ("Lena Brandt", "Gartenweg 9")


@pytest.mark.parametrize(
    "text",
    [
        "", "Where is order 1042? I ordered 2 mugs in 2025.", "Can you change the address, please?",
        "Neue Straße 5, bitte.", "It was 12345 Euro", "I have moved.\n10115 Berlin",
        "Tracking 00340434161094\n12345 Hamburg", "20457 Hamburg",
    ],
)  # fmt: skip
def test_an_incomplete_address_is_none(text):
    assert read_address(text, WAS, FORMATS) is None


def address(**parts):
    known = {"name": "Jana", "street": "Hafenstr. 3", "postcode": "20457", "city": "Hamburg", "country": "DE"}
    return PostalAddress(**(known | parts))


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"country": "AT", "postcode": "1010"},
        {"country": "NL", "postcode": "1012AB"},
        {"country": "NL", "postcode": "1012 ab"},
        {"country": "GB", "postcode": "LS1 4AP"},
        {"country": "PL", "postcode": "00001"},
        {"country": "US", "postcode": "89501-1234", "region": "NV"},
        {"country": "HK", "postcode": ""},
        {"country": "IE", "postcode": "D02 AF30"},
        {"street": "Postfach 12"},
    ],
)
def test_nothing_is_odd_in_an_address_as_its_country_writes_it(parts):
    assert list(doubts_about(address(**parts), FORMATS)) == []


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"street": "Hafenstraße"}, "The street has no house number."),
        ({"city": ""}, "The city is missing."),
        ({"postcode": "2045"}, "Postal codes of DE are written as in 10115: 2045 is not."),
        ({"postcode": ""}, "Postal codes of DE are written as in 10115: it is missing."),
        ({"country": "AT"}, "Postal codes of AT are written as in 1010: 20457 is not."),
        (
            {"country": "US", "postcode": "89501"},
            "The state or province is missing, which parcels to US need.",
        ),
        ({"country": "XX"}, "XX is not the code of a country."),
        ({"country": "UK"}, "UK is not the code of a country (the United Kingdom is GB)."),
        ({"country": "EU"}, "EU is not the code of a country."),
    ],
)
def test_what_looks_wrong_is_named(parts, words):
    assert list(doubts_about(address(**parts), FORMATS)) == [words]


def test_every_example_is_written_as_its_country_writes_it():
    for country, forms in _POSTCODES.items():
        for form in forms.split(", "):
            assert not list(doubts_about(address(country=country, postcode=form, region="X"), FORMATS)), (
                country
            )


@pytest.mark.parametrize(
    ("town", "written"),
    [
        (("28195", "Bremen", "", "Germany"), ("28195 Bremen", "Germany")),
        (("LS1 1AA", "Leeds", "", "United Kingdom"), ("Leeds LS1 1AA", "United Kingdom")),
        (("D02 AF30", "Dublin", "", "Irland"), ("Dublin D02 AF30", "Irland")),
        (("M5V 2T6", "Toronto", "ON", "Kanada"), ("Toronto, ON M5V 2T6", "Kanada")),
        (("78701", "Austin", "TX", "US"), ("Austin, TX 78701", "US")),
        (("3000", "Melbourne", "VIC", "Australia"), ("Melbourne, VIC 3000", "Australia")),
        (("08001", "Barcelona", "B", "Spain"), ("08001 Barcelona", "B", "Spain")),
        (("1012 AB", "Amsterdam", "", "NL"), ("1012 AB Amsterdam", "NL")),
    ],
)
def test_the_postcode_stands_where_the_country_has_it(town, written):
    assert PostalAddress("Ann Bell", "Elm 4", *town).lines == ("Ann Bell", "Elm 4", *written)
