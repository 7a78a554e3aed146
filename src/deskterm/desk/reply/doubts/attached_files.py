"""The files attached to a draft, as the review judges them."""

from pathlib import Path

from deskterm.desk.shop import DeskContext
from deskterm.domain.liquid.questions import file_question
from deskterm.domain.review.case import AttachedFiles
from deskterm.domain.review.replies import Draft


def look_at_files(shop: DeskContext, draft: Draft) -> AttachedFiles:
    """The files of a draft: which can be read, what they weigh, and which its macro still asks for."""
    readable = [name for name in draft.attachments if _is_readable(name)]
    return AttachedFiles(
        len(draft.attachments),
        weight=sum(Path(name).stat().st_size for name in readable),
        unreadable=tuple(Path(name).name for name in draft.attachments if name not in readable),
        missing=_missing(shop, draft),
    )


def _missing(shop: DeskContext, draft: Draft) -> tuple[str, ...]:
    """The files the draft's macro asks for, if fewer are attached than it needs."""
    macro = shop.playbook.current().macros.get(draft.macro)
    if macro is None or len(draft.attachments) >= len(macro.attach):
        return ()
    picked = dict(draft.given)
    return tuple(file_question(one) for one in macro.asked_files if picked.get(one) not in draft.attachments)


def _is_readable(path: str) -> bool:
    try:
        with Path(path).open("rb"):
            return True
    except OSError:
        return False
