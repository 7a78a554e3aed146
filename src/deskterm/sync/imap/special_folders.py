"""Finding special folders if no setting names them: by their attribute (RFC 6154), else by name."""

from collections.abc import Iterable

_NAMES = (
    "sent", "sent items", "sent mail", "sent messages", "gesendet", "gesendete objekte", "gesendete elemente",
    "gesendete nachrichten", "envoyés", "éléments envoyés", "messages envoyés", "courrier envoyé",
    "objets envoyés", "enviados", "elementos enviados", "mensajes enviados", "itens enviados", "inviati",
    "inviata", "posta inviata", "elementi inviati", "verzonden", "verzonden items", "verzonden objecten",
    "wysłane", "elementy wysłane", "skickat", "skickade objekt", "sendt", "sendte elementer", "sendt post",
    "lähetetyt", "odeslané", "odeslaná pošta", "gönderilmiş öğeler", "отправленные", "送信済みアイテム",
    "送信済み", "보낸편지함", "已发送",
)  # fmt: skip
_ARCHIVES = ("archive", "archives", "archiv", "archivio", "archivo", "archief", "arkiv")
_NOT_OPEN = frozenset({"\\noselect", "\\nonexistent"})
Folders = Iterable[tuple[frozenset[str], str, str]]


def find_sent(folders: Folders) -> str | None:
    """The name of Sent among `folders` (flags, delimiter, name); None where nothing tells."""
    return _find_folder(folders, "\\sent", _NAMES)


def find_archive(folders: Folders) -> str | None:
    """The archive folder; None if it cannot be found."""
    return _find_folder(folders, "\\archive", _ARCHIVES)


def _find_folder(folders: Folders, mark: str, names: Iterable[str]) -> str | None:
    by_name: dict[str, str] = {}
    for flags, delimiter, name in folders:
        if mark in flags:
            return name
        if not flags & _NOT_OPEN:
            last = name.rsplit(delimiter, 1)[-1] if delimiter else name
            by_name.setdefault(last.casefold(), name)
    return next((by_name[known] for known in names if known in by_name), None)


def find_all(folders: Folders) -> str | None:
    """The folder with all mails, whatever their labels (RFC 6154); None if there is none."""
    return next((name for flags, _, name in folders if "\\all" in flags), None)
