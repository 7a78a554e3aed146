"""What each kind of live store calls the two parts of its key."""

from typing import NamedTuple


class KeyWords(NamedTuple):
    """The names of a key and of its secret, and what is to be said beside each."""

    key: str
    key_hint: str
    secret: str
    secret_hint: str


KEY_WORDS = {
    "shopify": KeyWords("Client id", "empty for a token shpat_…", "Client secret", "or the token"),
    "woocommerce": KeyWords("Consumer key", "ck_…", "Consumer secret", "cs_…"),
    "vendure": KeyWords("Administrator", "the name; empty for an API key", "Password", "or the API key"),
}
