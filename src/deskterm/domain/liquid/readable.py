"""A macro's text for people who do not write macros, with placeholders and conditions in words."""

import re

_OUTPUT = re.compile(r"\{\{-?\s*([\w.]+)[^}]*\}\}")
_ASK = re.compile(r"\{%-?\s*ask\s+[\"']([^\"']*)[\"'][^%]*%\}")
_IF = re.compile(r"\{%-?\s*(if|elsif|unless)\s+(.*?)\s*-?%\}", re.DOTALL)
_ELSE = re.compile(r"\{%-?\s*else\s*-?%\}")
_END = re.compile(r"\{%-?\s*end(?:if|unless|case)\s*-?%\}")
_OTHER = re.compile(r"\{%-?\s*(?:comment.*?endcomment|[^%]*?)\s*-?%\}", re.DOTALL)
_BEGINS = {"if": "if", "elsif": "or, if", "unless": "unless"}


def show_placeholders(body: str) -> str:
    """The text with `[order number]` for `{{ order.number }}`, `[if …:]` for a condition."""
    text = _ASK.sub(lambda found: f"[asked: {found[1]}]", body)
    text = _OUTPUT.sub(lambda found: f"[{_words(found[1])}]", text)
    text = _IF.sub(lambda found: f"[{_BEGINS[found[1]]} {_words(found[2])}:] ", text)
    text = _END.sub(" [end]", _ELSE.sub(" [otherwise:] ", text))
    return re.sub(r"[ \t]{2,}", " ", _OTHER.sub("", text))


def _words(name: str) -> str:
    """`customer.first_name` as `customer first name`."""
    return re.sub(r"(?<=[a-z])[._](?=[a-z])", " ", name)
