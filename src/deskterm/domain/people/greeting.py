"""The name to greet a customer with, taken from the name in their mail or order.

It must never be wrong: if it is uncertain there is none, and the macro's own word ("there") is used.
"""

import re
import unicodedata
from itertools import takewhile

from deskterm.domain.people.given_names import is_given_name
from deskterm.domain.people.organisations import is_organisation
from deskterm.lazy_regex import lazy_regex

_WESTERN = 0x2E80  # below this, a name's first word is the given name
_MOST_WORDS = 5  # a longer name is not, or not only, a person's
_SHORTEST = 2

# Forms of address and titles in the languages of the customers, without dots, in lower case.
_FORMS_OF_ADDRESS = frozenset(
    """mr mrs ms miss mx sir madam herr herrn frau fräulein m mme mlle monsieur madame mademoiselle sr sra
    srta señor señora señorita don doña dona senhor senhora sig sigra signor signora signorina dhr heer mevr
    mevrouw pan pani lord lady maître graf gräfin freiherr freifrau baron baronin baroness schwester bruder
    sœur hr fr fru frøken fröken herra rouva pán paní slečna bay bayan sayın sn""".split()
)
_TITLES = frozenset(
    """dr drs dres doctor doktor prof professor professeur profesor mag dipl ing dipl-ing rev lic dott dottssa
    dottoressa drssa mba phd md ir bsc msc ba ma ra rain jur med rer nat habil inż hab ds mgr pastor pfarrer
    col capt lt sgt maj gen mudr judr phdr rndr bc avv avvocato arch geom eng engº dra profssa""".split()
)
_AFTER = frozenset("jr sr ii iii iv phd md mba esq msc bsc ba ma dds cpa llm llb".split())
_PARTICLES = frozenset(
    "von van de der den del della di da dos du la le el al bin ibn zu zum zur af av ter ten te".split()
)
_ARTICLES = frozenset("the die das der le la les el los las il lo gli het een".split())
_BETWEEN = frozenset("and und u et y e en og och i és ja".split())  # of two people
_LAST_NAME_FIRST = frozenset("nguyễn nguyen trần phạm huỳnh hoàng võ đặng bùi đỗ ngô".split())
_INITIALS = 3  # letters
_OWN = 4  # letters that a name and an address must share
_VIA = lazy_regex(
    r"\s(?:via|über|through|per|por|från|przez)\s.*$|\s*[(\[{|/].*$|\s[-–—]\s.*$", re.IGNORECASE
)
_REMARK = lazy_regex(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]")
_ADDRESS_PARTS = lazy_regex(r"[._\-+\d]+")
_ROLE = lazy_regex(
    r"(?:info|kontakt|contact|contacto|contatto|hello|hallo|hi|mail|email|post|office|admin|sales|service|support|shop"
    r"|store|team|poststelle|rathaus|accueil|secretariat|ufficio|biuro|kontor|bestell\w*|orders?|einkauf|achats|compras"
    r"|empfang|reception|welcome|webmaster|buero)(?:[._-].*)?",
    re.IGNORECASE,
)
_LETTERS = lazy_regex(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")


def first_name(name: str, address: str = "") -> str:
    """The name to greet with, "" if none is certain.

    `address` is the mail address that came with the name: if it is that of a company with this name, there is
    no greeting name.

    `Jana` for `Jana Mertens`, `Mertens, Jana`, `Dr. Jana Mertens` and `JANA MERTENS`; `Frau Keller` and
    `Dr. Müller` if only the last name is known; all of `山本 さくら`; "" for `Müller GmbH`, `J. Smith`, an
    address or a single letter.
    """
    name = _without_remarks(name)
    if not name or "@" in name or any(char.isdigit() for char in name) or is_organisation(name):
        return ""
    if any(ord(char) >= _WESTERN for char in name):
        return name
    titles, words = _split_name(name)
    if not words or _is_firms(words, address):
        return ""
    words = _in_spoken_order(words, address)
    return _greeting_of(titles, words) if titles or _is_likely_person(words, address) else ""


def full_name(name: str, address: str = "") -> str:
    """The whole name for a formal greeting, `Jana Mertens`, as far as it is certain; else `first_name`."""
    first = first_name(name, address)
    titles, words = _split_name(_without_remarks(name))
    words = [_in_usual_case(word) for word in _in_spoken_order(words, address)] if words else []
    return " ".join([*titles, *words]) if len(words) > 1 and words[0] == first else first


def _without_remarks(name: str) -> str:
    """A name without what stands behind it: `(Kiln)`, `via Support`, `| Sales`."""
    return " ".join(_VIA.sub("", f" {_REMARK.sub(' ', name)}").strip(" \"'.,;").split())


def _in_spoken_order(words: list[str], address: str) -> list[str]:
    """The words with the given name first: an address such as `hans.mueller@` tells that of `Müller Hans`."""
    parts = [_letters(part) for part in _ADDRESS_PARTS.split(address.partition("@")[0]) if part]
    first, last = _letters(words[0]), _letters(words[-1])
    turned = len(parts) > 1 < len(words) and _alike(parts[0], last) and _alike(parts[-1], first)
    return [words[-1], *words[:-1]] if turned else words


def _alike(one: str, other: str) -> bool:
    """Whether two words are the same; an address writes `ue` for an umlaut."""
    return re.sub("([aou])e", r"\1", one) == re.sub("([aou])e", r"\1", other)


def _is_likely_person(words: list[str], address: str) -> bool:
    """Whether these words are a person's, the given name first.

    They are if the first is a common given name, or if the address has one of them. If only the last is such
    a name it may come first in the spoken order: then nobody can tell. Of one word alone a name is expected.
    """
    if is_given_name(words[0]):
        return True
    local = _letters(address.partition("@")[0])
    if len(words) == 1:
        return bool(address) and local != _letters(words[0])
    if is_given_name(words[-1]) and not _begins_with(local, words[0]):
        return words[0].isupper() and not words[-1].isupper()  # DUPONT Marie
    return not is_role(address) or any(_letters(word) in local for word in words)


def _begins_with(local: str, word: str) -> bool:
    return len(word) >= _OWN and local.startswith(_letters(word)[:_OWN])


def _is_firms(words: list[str], address: str) -> bool:
    """Whether a name is the company's (`Yoga Loft <hello@yogaloft.example>`) and not the writer's.

    A single word is a person's if the address begins with it and the domain does not.
    """
    local, _, domain = (_letters(part) for part in address.partition("@"))
    first, whole = _letters(words[0]) if words else "", _letters("".join(words))
    if not address or not first:
        return False
    if len(words) == 1:
        return not local.startswith(first[:_OWN]) or (len(first) >= _OWN and domain.startswith(first))
    own = local.startswith(first[:_OWN]) or local[:1] + local[-_OWN:] == first[:1] + whole[-_OWN:]
    return not own and (whole in domain or (len(first) >= _OWN and domain.startswith(first)))


def _letters(text: str) -> str:
    """The letters alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalpha())


def _split_name(name: str) -> tuple[list[str], list[str]]:
    """The titles and forms of address, and the words of the name in the spoken order."""
    last, comma, first = name.partition(",")
    first, _, after = first.partition(",")
    words = of_last = _with_form_in_capitals(last.split())
    if _is_whole_name(words) and not is_given_name(first.strip()):
        comma = ""  # Hans Müller, Berlin
    if comma and (given := [word for word in first.split() if _plain(word) not in _AFTER | _TITLES]):
        words = given + words
    titles = [word for part in (first.split(), after.split(), of_last) for word in _leading_titles(part)]
    rest = words
    while rest and is_title(rest[0]):
        rest = rest[1:]
    while rest and len(rest) > 1 and _plain(rest[-1]) in _AFTER:
        rest.pop()
    return list(dict.fromkeys(titles)), rest


def _with_form_in_capitals(words: list[str]) -> list[str]:
    """`pan Jan Kowal` as `Pan Jan Kowal`."""
    if len(words) < _SHORTEST:
        return words
    is_form = words[0].islower() and _plain(words[0]) in _FORMS_OF_ADDRESS
    only_form = len(words[0]) > 1 and not is_given_name(words[0])  # frau keller, but don smith
    before_name = is_form and (only_form or words[1].istitle() or is_given_name(words[1]))
    return [words[0].capitalize(), *words[1:]] if before_name else words


def _is_whole_name(words: list[str]) -> bool:
    return len(words) > 1 and is_given_name(words[0])


def _leading_titles(words: list[str]) -> list[str]:
    """The titles in front of a name: `Graf` behind one is the name itself."""
    return list(takewhile(is_title, words))


def _greeting_of(titles: list[str], words: list[str]) -> str:
    if len(words) > _MOST_WORDS or not all(map(_LETTERS.fullmatch, words)):
        return ""
    if titles and (len(words) == 1 or _plain(words[0]) in _PARTICLES):  # only the last name is known
        initial = len(words[0].strip(".")) < _SHORTEST  # Ms. K
        return "" if initial else " ".join([*titles, *map(_in_usual_case, words)])
    first = _given_of(words)
    initials = len(words) > 1 and first.isupper() and len(first) == _SHORTEST and not words[1].isupper()
    unsafe = first.endswith(".") or len(first) < _SHORTEST or _plain(first) in _PARTICLES or initials
    return "" if unsafe or not _may_be_one_person(words) else _in_usual_case(first)


def _may_be_one_person(words: list[str]) -> bool:
    """Whether the words name one person, given name first: not a company, a couple or only initials."""
    plain = [_plain(word) for word in words]
    if plain[0] in _ARTICLES | _LAST_NAME_FIRST or not _BETWEEN.isdisjoint(plain[:-1]):
        return False
    alone = words[0] if len(words) == 1 else ""
    return not (alone and ("." in alone.strip(".") or (alone.isupper() and len(alone) < _INITIALS)))


def _given_of(words: list[str]) -> str:
    """The given name: the first word, or the first not in capitals after a last name (`DUPONT Marie`)."""
    first = words[0]
    if len(first) >= _INITIALS and first.isupper() and "." not in first:
        return next(
            (word for word in words[1:] if not word.isupper() and _plain(word) not in _PARTICLES), first
        )
    return first


def is_role(address: str) -> bool:
    """Whether an address is one of a role, not of a person: `info@`, `office@`."""
    return _ROLE.fullmatch(address.partition("@")[0]) is not None


def is_title(word: str) -> bool:
    """Whether a word of a name is a title or a form of address."""
    plain = _plain(word)
    return plain in _TITLES or (plain in _FORMS_OF_ADDRESS and (word[0].isupper() or word.endswith(".")))


def _plain(word: str) -> str:
    return word.casefold().strip(".,").replace(".", "")


def _in_usual_case(word: str) -> str:
    """A name that is all in capitals or small letters, in usual case: `Jana`, `Anne-Marie`."""
    if not (word.isupper() or word.islower()) or _plain(word) in _PARTICLES:
        return word
    return "-".join(part.capitalize() for part in word.split("-"))
