"""Which provider an address belongs to."""

from deskterm.config.providers import PROVIDERS, by_exchanger, find, intended_address


def test_an_address_is_known_by_its_domain():
    assert find("Ada@GMail.com").name == "Gmail"
    assert find("ada@kiln.example") is None


def test_an_own_domain_is_recognised_by_its_mail_server():
    assert by_exchanger(("aspmx.l.google.com.", "alt1.aspmx.l.google.com.")).name == "Gmail"
    assert by_exchanger(("kiln-example.mail.protection.outlook.com.",)).name == "Microsoft"
    assert by_exchanger(("notgoogle.com.", "mx.kiln.example.")) is None


def test_no_domain_is_listed_twice_and_every_provider_is_encrypted():
    domains = [domain for one in PROVIDERS for domain in one.domains]
    assert len(domains) == len(set(domains))
    assert len(PROVIDERS) >= 25
    for one in PROVIDERS:
        assert {one.imap_security, one.smtp_security} <= {"tls", "starttls"}
        assert (one.smtp_port == 465) == (one.smtp_security == "tls")


def test_a_misspelt_domain_is_noticed_and_an_own_domain_is_not_taken_for_one():
    assert intended_address("ada@gmial.com") == "ada@gmail.com"
    assert intended_address("ada@outlok.com") == "ada@outlook.com"
    for good in ("ada@gmail.com", "ada@kiln.example", "ada@mail.example"):
        assert not intended_address(good)
