"""Whether a mail may be answered automatically (RFC 3834, 2). In doubt it may not."""

import re

from deskterm.mail.kind import signs
from deskterm.mail.values import Mail

_LISTS = (
    "list-id", "list-post", "list-help", "list-unsubscribe", "list-subscribe", "list-owner", "list-archive",
    "mailing-list", "x-mailing-list", "feedback-id", "x-loop", "x-beenthere",
)  # fmt: skip
_TO_MANY = frozenset({"bulk", "list", "junk", "auto_reply"})
_FEED = re.compile(
    r"^(?:owner-.*|.*-(?:request|owner|bounces?|relay)|mailer-daemon|postmaster|listserv|majordomo|root|daemon"
    r"|(?:.*[._+-])?(?:no-?_?reply|do-?not-?reply)(?:[._+-].*)?|bounces?(?:[._+-].*)?)$",
    re.IGNORECASE,
)


def forbids_automatic_answer(mail: Mail) -> bool:
    """Whether headers or sender forbid an automatic answer: the mail is automatic, to many, or from nobody.

    A customer's mail with one weak sign is still a customer's mail; it only gets no automatic answer.
    """
    precedence = mail.header("precedence").strip().lower().replace("-", "_")
    suppressed = mail.header("x-auto-response-suppress").strip().lower()
    return (
        signs.submitted_keyword(mail) not in ("", "no")
        or precedence in _TO_MANY
        or suppressed not in ("", "none")
        or mail.header("return-path").strip() == "<>"
        or any(mail.header(name) for name in (*_LISTS, *signs.ANSWERING_FIELDS))
        or mail.content_type in ("multipart/report", "message/delivery-status")
        or signs.is_forwarded(mail)
        or signs.sends_to_many(mail)
        or _FEED.match(mail.sender.address.rpartition("@")[0]) is not None
    )
