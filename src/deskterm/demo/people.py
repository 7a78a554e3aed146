"""The sample store's customers: invented people with invented addresses."""

from typing import NamedTuple

from deskterm.domain.people.greeting import first_name


class Person(NamedTuple):
    """A customer: name, address, language of their mails, and postal address."""

    name: str
    address: str
    language: str
    street: str
    postcode: str
    city: str
    country: str

    @property
    def first(self) -> str:
        """The name they sign with and are greeted by."""
        return first_name(self.name)


_PLACES = {
    "en": (
        ("Mill Lane", "LS6 2AB", "Leeds", "United Kingdom"),
        ("Harbour Row", "D02 X285", "Dublin", "Ireland"),
        ("Kestrel Road", "EH3 9QN", "Edinburgh", "United Kingdom"),
        ("Canal Street", "BS1 4ND", "Bristol", "United Kingdom"),
    ),
    "de": (
        ("Lindenallee", "10437", "Berlin", "Germany"),
        ("Am Deich", "28199", "Bremen", "Germany"),
        ("Färbergasse", "6020", "Innsbruck", "Austria"),
        ("Schlossstraße", "70176", "Stuttgart", "Germany"),
    ),
    "fr": (("rue des Tanneurs", "59000", "Lille", "France"), ("quai du Port", "44000", "Nantes", "France")),
    "nl": (
        ("Prinsengracht", "1016", "Amsterdam", "Netherlands"),
        ("Oudegracht", "3511", "Utrecht", "Netherlands"),
    ),
    "es": (("Calle de la Lana", "28012", "Madrid", "Spain"), ("Carrer Nou", "08001", "Barcelona", "Spain")),
    "it": (("via dei Mille", "10123", "Torino", "Italy"), ("via Larga", "40138", "Bologna", "Italy")),
    "sv": (("Skomakargatan", "111 29", "Stockholm", "Sweden"), ("Strandgaten", "5013", "Bergen", "Norway")),
    "pl": (("ulica Tkacka", "31-001", "Kraków", "Poland"),),
    "pt": (("Rua da Lã", "4000-320", "Porto", "Portugal"),),
    "ja": (("青葉町 2-4", "980-0804", "仙台市", "Japan"),),
}
_HOSTS = (
    "postfach.example",
    "mailhaus.example",
    "inbox.example",
    "letterbox.example",
    "posta.example",
    "brev.example",
)

_NAMES = {
    "en": (
        "Adaeze Okafor",
        "Ben Carter",
        "Noor Haddad",
        "Tom Iversen",
        "Priya Raman",
        "Callum Fraser",
        "Maeve O'Brien",
        "Harriet Pym",
        "Owen Llewellyn",
        "Grace Whitfield",
        "Samir Khoury",
        "Ruth Abara",
        "Ivy Marlowe",
        "Jonas Reed",
        "Theo Ashdown",
        "Keira Mbeki",
        "Alice Thornbury",
        "Rory Macleod",
        "Dana Silver",
        "Freya Holt",
        "Hugh Pender",
        "Leila Farouk",
        "Marcus Bell",
        "Nell Hargreaves",
        "Oscar Finch",
        "Petra Novak",
        "Quinn Daly",
        "Rosa Engel",
        "Stella Mwangi",
        "Toby Garland",
        "Una Kavanagh",
        "Victor Osei",
        "Wren Hollis",
        "Yusuf Demir",
        "Zoe Castle",
        "Anil Mehta",
        "Bridget Foyle",
        "Connor Hale",
        "Daisy Pemberton",
        "Ewan Baird",
        "Fiona Drummond",
        "Gareth Price",
        "Hana Kim",
        "Imogen Vale",
        "Jack Otieno",
        "Kit Ramsay",
        "Lorna Black",
        "Miles Averill",
    ),
    "de": (
        "Jana Mertens",
        "Paul Mertens",
        "Mia Schulz",
        "Anke Bräutigam",
        "Björn Hölscher",
        "Clara Weiß",
        "Dieter Krähe",
        "Elif Yıldız",
        "Friedrich Möller",
        "Greta Sünnen",
        "Heike Lorenz",
        "Ilse Jäger",
        "Jörg Pfännle",
        "Katrin Öttl",
        "Lukas Baumgärtner",
        "Marlene Voß",
        "Nils Überall",
        "Oda Brückner",
        "Peter Grün",
        "Rosi Däumling",
        "Sven Hückel",
        "Tabea König",
        "Ulrich Faß",
        "Verena Zöllner",
        "Wiebke Lührs",
        "Xaver Moosbrugger",
    ),
    "fr": (
        "Amélie Fournier",
        "Benoît Lacroix",
        "Chloé Marchand",
        "Édouard Besson",
        "Françoise Noël",
        "Gaël Tanguy",
        "Hélène Dubreuil",
        "Inès Charpentier",
    ),
    "nl": (
        "Anouk de Wit",
        "Bram van der Meer",
        "Femke Jansen",
        "Joost Hoekstra",
        "Lotte Visser",
        "Sanne Kuipers",
        "Thijs Brouwer",
        "Wout Claes",
    ),
    "es": ("Luis Ferreira", "Núria Pons", "Íñigo Arrieta", "Carmen Ibáñez", "Pablo Quiroga", "Lucía Peña"),
    "it": ("Giulia Bellini", "Matteo Sarti", "Chiara Fontana", "Niccolò Verri", "Elena Zanetti"),
    "sv": (
        "Anna Lindqvist",
        "Erik Lindqvist",
        "Åsa Björk",
        "Henrik Dahl",
        "Sølvi Nygård",
        "Mårten Öberg",
        "Liv Håkansson",
    ),
    "pl": ("Zofia Wójcik", "Łukasz Żak", "Agnieszka Dąbrowska"),
    "pt": ("Inês Carvalho", "João Tavares", "Beatriz Conceição"),
    "ja": ("山本 さくら", "佐藤 健", "高橋 美咲", "中村 あおい"),
}
_ROMAN = {
    "山本 さくら": "sakura.yamamoto",
    "佐藤 健": "ken.sato",
    "高橋 美咲": "misaki",
    "中村 あおい": "aoi-n",
}
_OWN = {"Jana Mertens": "jana@mertens.example", "Luis Ferreira": "luis.ferreira@correo.example"}
_PLAIN = str.maketrans("äöüßåøéèëíıłżąćęńóśźãõâêôçñğşİ'", "aousaoeeeiilzacenoszaoaeocngsi_")


def people() -> tuple[Person, ...]:
    """All customers, always in the same order."""
    return tuple(
        _person(name, language, at) for language, names in _NAMES.items() for at, name in enumerate(names)
    )


def _person(name: str, language: str, at: int) -> Person:
    street, postcode, city, country = _PLACES[language][at % len(_PLACES[language])]
    place = street if language == "ja" else f"{street} {3 + 7 * at % 90}"
    return Person(name, _OWN.get(name) or _address(name, at), language, place, postcode, city, country)


def _address(name: str, at: int) -> str:
    plain = _ROMAN.get(name) or ".".join(name.casefold().translate(_PLAIN).replace("_", "").split())
    local = "".join(char for char in plain if char.isascii())
    return f"{local}@{_HOSTS[(at + len(name)) % len(_HOSTS)]}"
