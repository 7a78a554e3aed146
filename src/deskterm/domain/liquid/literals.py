"""Words in quotes, as Liquid writes them: it knows no escapes, so the quotes are those the words lack."""

LITERAL = r"\"(?:[^\"]*)\"|'(?:[^']*)'"
NOT_QUOTED = r"[^}\"']"  # of a placeholder, beside its literals


def quote(words: str) -> str:
    """Give words in quotes. Of words with both kinds the double ones become typographic ones."""
    if '"' not in words:
        return f'"{words}"'
    if "'" not in words:
        return f"'{words}'"
    return f'"{_typographic(words)}"'


def _typographic(words: str) -> str:
    parts = words.split('"')
    marks = ("“", "”")
    return "".join(part + (marks[at % 2] if at < len(parts) - 1 else "") for at, part in enumerate(parts))
