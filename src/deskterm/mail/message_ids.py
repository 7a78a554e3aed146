"""Message-IDs, and which mails belong together by them alone.

`join` unites mails over Message-ID, In-Reply-To and References, in any order of arrival; a missing parent
still joins its children. Which ticket a mail may enter is decided in `intake/which_ticket.py`.
"""

from collections.abc import Iterable

_MOST_IDS = 2000  # per header; real ones have fewer than a hundred


def ids(text: str) -> tuple[str, ...]:
    """The Message-IDs in a header's text, each once, as `<left@right>`.

    Lenient: white space inside the brackets is removed, an unclosed bracket ends with the text, comments and
    commas between ids are skipped.
    """
    found: dict[str, None] = {}
    for piece in text.split("<")[1 : _MOST_IDS + 1]:
        inner = "".join(piece.partition(">")[0].split())
        if inner:
            found[f"<{inner}>"] = None
    return tuple(found)


def own_id(text: str) -> str:
    """The id in a Message-ID header, with brackets even if it has none there; "" if there is no id."""
    found = ids(text)
    if found:
        return found[0]
    bare = "".join(text.split())
    return f"<{bare}>" if bare else ""


def join(mails: Iterable[tuple[str, Iterable[str]]]) -> list[int]:
    """One key per mail, the same for mails that belong together.

    Takes each mail's Message-ID (may be empty) and the Message-IDs it answers. The key is the position of the
    first mail of its group: another input order gives other keys but the same groups.
    """
    root: dict[object, object] = {}
    names = [_unite(root, message_id or place, parents) for place, (message_id, parents) in enumerate(mails)]
    first: dict[object, int] = {}
    return [first.setdefault(_find(root, name), place) for place, name in enumerate(names)]


def _unite(root: dict[object, object], name: object, parents: Iterable[str]) -> object:
    mine = _find(root, name)
    for parent in parents:
        if parent:
            root[_find(root, parent)] = mine
    return name


def _find(root: dict[object, object], name: object) -> object:
    """The group's root (union-find with path halving, so that long chains stay cheap)."""
    up = root.setdefault(name, name)
    while up != name:
        root[name] = root[up]
        name = root[up]
        up = root[name]
    return name
