"""Whom a letter greets: never a title, a shop, an initial or a comma."""

import pytest

from deskterm.domain.people.greeting import first_name, full_name


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Jana Mertens", "Jana"),
        ("Mertens, Jana", "Jana"),
        ("JANA MERTENS", "Jana"),
        ("MERTENS, JANA", "Jana"),
        ("jana", "Jana"),
        ("McKenzie Ode", "McKenzie"),
        ("ANNE-MARIE DUVAL", "Anne-Marie"),
        ("Jean-Luc d'Arc", "Jean-Luc"),
        ("山本 さくら", "山本 さくら"),
        ("Dr. Jana Mertens", "Jana"),
        ("Dr.ssa Giulia Ferri", "Giulia"),
        ("Fröken Sara Lindqvist", "Sara"),
        ("pan Marek Zieliński", "Marek"),
        ("mrs jane doyle", "Jane"),
        ("Jörg Schäfer, Bremen", "Jörg"),
        ("Ruiz Ortega, Elena", "Elena"),
        ("Prof. Dr. med. Jana Mertens", "Jana"),
        ("Mertens, Jana, PhD", "Jana"),
        ("Dr. Mertens, Jana", "Jana"),
        ("Jana Mertens MBA", "Jana"),
        ("Mr. John Smith Jr.", "John"),
        ("Mme Claire Petit", "Claire"),
        ("Sra. Lucía Gómez", "Lucía"),
        ("Signora Anna Bianchi", "Anna"),
        ("Frau Mertens", "Frau Mertens"),
        ("Herr Dr. Mertens", "Herr Dr. Mertens"),
        ("Mrs Ode", "Mrs Ode"),
        ("Dr. von Arx", "Dr. von Arx"),
        ("Jana Mertens via Etsy", "Jana"),
        ("Jana Mertens (Acme)", "Jana"),
        ("Jana Mertens | Acme", "Jana"),
        ("Ludwig van Beek", "Ludwig"),
        ("DUPONT Marie", "Marie"),
        ("GARCÍA LÓPEZ Ana", "Ana"),
        ("MUDr. Jana Nová", "Jana"),
        ("Paní Nováková", "Paní Nováková"),
    ],
)
def test_a_customer_is_greeted_as_people_are(name, greeted):
    assert first_name(name) == greeted


@pytest.mark.parametrize(
    "name",
    ["", " , ", "J. Mertens", "J Mertens", "JR Mertens", "jana@mertens.example", "Mertens GmbH", "Oak & Wool", "The Wool Shop",
     "Customer Support", "Familie Mertens", "jana1987", "Dr.", "Frau", "van Beek", "A", "info", "order 1042",
     "The Bakery", "Blumen Mertens", "Buchhaltung Mertens", "Rechtsanwalt Mertens", "iPhone von Jana", "Jana's iPhone", "null",
     "Ehepaar Mertens", "Tom and Ann", "Eva und Jan Mertens", "JR", "J.R.R. Mertens", "jana.mertens", "Nguyễn Văn An"],
)  # fmt: skip
def test_without_a_safe_name_nobody_is_greeted_by_name(name):
    assert first_name(name) == ""


@pytest.mark.parametrize(
    ("name", "address", "greeted"),
    [
        ("Yoga Loft", "hello@yogaloft.example", ""),
        ("Grundschule Musterstadt", "sekretariat@grundschule-musterstadt.example", ""),
        ("ACME", "ap@acme.example", ""),
        ("Kita", "kita@kita-sonne.example", ""),
        ("Anna Berg", "shop77@mail.example", "Anna"),
        ("Anna Berg", "anna@annaberg.example", "Anna"),
        ("Jana Mertens", "info@mertens.example", "Jana"),
        ("Tom Iversen", "tiversen@iversen.example", "Tom"),
        ("Kim", "kim28@far.example", "Kim"),
    ],
)
def test_a_firm_that_writes_from_a_domain_of_its_name_is_not_greeted_by_name(name, address, greeted):
    assert first_name(name, address) == greeted


@pytest.mark.parametrize(
    ("name", "address", "greeted"),
    [
        ("Weber Nina", "nina.weber@post.example", "Nina"),
        ("Lindqvist Sara", "sara.lindqvist@post.example", "Sara"),
        ("Schäfer Jörg", "joerg.schaefer@post.example", "Jörg"),
        ("Weber Nina", "", ""),  # either may come first
        ("Zerrin Paul", "zerrin.paul@post.example", "Zerrin"),
        ("Zerrin Aydın", "z.aydin@post.example", "Zerrin"),
        ("Brunnen Apolda", "info@apolda.example", ""),
        ("Mairie de Tours", "contact@tours.example", ""),
        ("Panadería Ruiz", "panaderiaruiz@post.example", ""),
        ("有限会社 佐々木", "", ""),
        ("佐々木 恵", "", "佐々木 恵"),
        ("Herr u. Frau Timm", "", ""),
        ("Mag. (FH) Vera Moser", "", "Vera"),
        ("Dr. Otto Graf", "", "Otto"),
        ("Friends of Clay", "", ""),
        ("Ms. T", "", ""),
    ],
)
def test_the_given_name_is_known_by_the_address_or_by_being_one(name, address, greeted):
    assert first_name(name, address) == greeted


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("Mertens, Jana", "Jana Mertens"),
        ("MERTENS, JANA", "Jana Mertens"),
        ("jana mertens", "Jana Mertens"),
        ("Dr. Jana Mertens", "Dr. Jana Mertens"),
        ("Jana Mertens (Kiln)", "Jana Mertens"),
        ("Jana Mertens, Bremen", "Jana Mertens"),
        ("Jana", "Jana"),
        ("Mertens GmbH", ""),
    ],
)
def test_a_formal_letter_greets_with_the_whole_name(name, whole):
    assert full_name(name) == whole


def test_a_form_of_address_is_never_the_name_itself_in_small_letters_either():
    assert first_name("frau keller", "keller@web.example") == "Frau Keller"
    assert first_name("herr müller") == "Herr Müller"
    assert first_name("don smith", "don@web.example") == "Don"
    assert not first_name("m jones", "mjones@web.example")
