"""Finding the products that a mail names, by SKU or by the words of their titles."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from deskterm.domain.products.product import ProductChoice, ProductVariant, StoreProduct, sku_key

_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[^\s,;:!?()\"'<>]+")
_MAIN_END = re.compile(r"[,(|–—:]| - ")
_ENDINGS = ("en", "es", "er", "s", "n", "e")
_SMALL = 3  # letters that a word needs to distinguish products
_ENOUGH = 0.5  # share of a title's weight that a text must contain
_HEAD = 2  # factor for the head word: the slippers of "felt slippers"
_FIRST_SAYS = frozenset("fr es it pt ca ro pl cs".split())  # languages in which the head word comes first
_FUNCTION_WORDS = frozenset(
    "and the for with from und mit fur der die das von aus les des pour avec los las para con set".split()
)


def naming_words(text: str) -> frozenset[str]:
    """The words by which titles and mails are compared: stemmed, without accents, numbers and short words."""
    return frozenset(word for word in _plain_words(text) if len(word) >= _SMALL and not word[0].isdecimal())


def named_codes(text: str) -> frozenset[str]:
    """The words of a text that could be SKUs: with a digit, but not just a number of a few digits."""
    codes = (sku_key(found.strip(".-")) for found in _CODE.findall(text))
    return frozenset(
        one
        for one in codes
        if any(c.isdecimal() for c in one) and (len(one) > 4 or not one.isdecimal())  # noqa: PLR2004
    )


def rank_named(
    text: str, products: Iterable[StoreProduct], rarity: Mapping[str, int], language: str = "en"
) -> list[StoreProduct]:
    """The products that a text means, likeliest first. `language` is that of their titles.

    `rarity` says how many products have each word in their title: the fewer, the more it weighs. If the
    words matched for a product are part of those matched for another, only the other is meant: "large
    wool throw" does not mean the wool throw.
    """
    spoken, codes = naming_words(text), named_codes(text)
    found: list[tuple[float, frozenset[str], StoreProduct]] = []
    for product in products:
        words, head = _words_and_head(product.title, language)
        by_code = any(sku_key(one.sku) in codes for one in product.variants if one.sku)
        both = words & spoken
        weight = sum(_weight(word, rarity, head) for word in both)
        whole = sum(_weight(word, rarity, head) for word in words)
        if by_code or (both and weight >= _ENOUGH * whole):
            found.append((weight + 100 * by_code, both, product))
    meant = [one for one in found if not any(one[1] < other[1] for other in found)]
    return [product for _, _, product in sorted(meant, key=lambda one: -one[0])]


def choose_variant(product: StoreProduct, text: str, skus: Iterable[str] = ()) -> ProductVariant | None:
    """The variant that a text names, else the one with one of the order's `skus`; None if not exactly one."""
    if len(product.variants) == 1:
        return product.variants[0]
    codes, spoken = named_codes(text), naming_words(text) - naming_words(product.title)
    by_code = [one for one in product.variants if one.sku and sku_key(one.sku) in codes]
    by_words = [one for one in product.variants if (own := naming_words(one.title)) and own <= spoken]
    ordered = {sku_key(one) for one in skus}
    by_order = [one for one in product.variants if one.sku and sku_key(one.sku) in ordered]
    for some in (by_code, by_words, by_order):
        if len(some) == 1:
            return some[0]
    return None


def choices_of(product: StoreProduct) -> tuple[ProductChoice, ...]:
    """A ProductChoice for each variant of a product."""
    return tuple(ProductChoice(product, one) for one in product.variants)


def _weight(word: str, rarity: Mapping[str, int], head: str) -> float:
    return (_HEAD if word == head else 1) / (1 + log(max(1, rarity.get(word, 1))))


@lru_cache(maxsize=1024)  # the same titles are compared for every ticket
def _words_and_head(title: str, language: str) -> tuple[frozenset[str], str]:
    """The words of a title, and its head word: the first or the last, depending on the language."""
    words = naming_words(title)
    found = [word for word in _plain_words(_MAIN_END.split(title)[0]) if word in words]
    return words, (found[0] if language in _FIRST_SAYS else found[-1]) if found else ""


def _plain_words(text: str) -> list[str]:
    """The words of a text in order, stemmed and without accents."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(one for one in plain if not unicodedata.combining(one))
    return [_stem(word) for word in _WORD.findall(plain) if word not in _FUNCTION_WORDS]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SMALL:
            return word.removesuffix(ending)
    return word
