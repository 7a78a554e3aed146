"""Removing the prefixes that mail programs, gateways and lists put before a subject."""

import re

from deskterm.lazy_regex import lazy_regex

# "Re" in the languages that translate it; any one to three letters before a colon count as such a prefix too.
_WORDS = (
    r"[^\W\d_]{1,3}|betreff|betr|objet|oggetto|asunto|assunto|antwort|antw|réponse|rép|resp|reply|fwd"
    r"|forward|weitergeleitet|továbbítás|válasz|svar|vast"
    r"|odpowiedź|odp|přeposláno|yanıt|ilet|ответ|пересл|σχετ|πρθ|إعادة توجيه|הועבר|doorst|encaminhada"
    r"|reenviado|inoltra"
)
_CJK = "回复|回覆|答复|答覆|转发|轉寄|返信|転送|회신|답장|전달"
_MARK_TEXT = rf"(?:{_WORDS}|{_CJK})\.?\s?(?:[\[(^]\d{{1,3}}[\])]?)?\s?[:：]\s*"
_TAG_TEXT = (
    r"(?:\[[^\]\d]{1,40}\]|\*{2,5}[^*\d]{1,30}\*{2,5}|\{[^}\d]{1,30}\}|【[^】\d]{1,30}】|<[^>\d]{1,20}>"
    r"|\((?:ext|extern\w*|spam|fwd|wg|aw|re)\)|(?:extern(?:al|e[rs]?|o|a)?(?:\s(?:e-?mail|mail|sender"
    r"|absender"
    r"|message))?|(?:courriel|e-?mail|mail|message|correo|messaggio|expéditeur)\sextern[eo]?|spam\??|caution"
    r"|warning|achtung|attention|atención|attenzione|let op|uwaga|vorsicht)\s?[:：|-])\s*"
)
# A sign or two may stand in front of either: "⚠️ Re:", "[EXT] - Re:".
_SIGNS = r"(?:[^\w\s\[({<【*#]{1,3}\s{1,2}(?=[^\W\d]))?"
_MARK_OR_TAG = lazy_regex(rf"{_SIGNS}(?:({_MARK_TEXT})|{_TAG_TEXT})", re.IGNORECASE)
# What other help desks add to their answers: `[Ticket#8123]`.
_NUMBERED = lazy_regex(
    r"[\[({【<#](?=[^\])}】>]{0,40}\d)[^\])}】>]{1,40}[\])}】>]\s*[:：|-]?\s*|#{1,3}\d[\w-]{2,20}#{0,3}\s+"
)
_AT_END = lazy_regex(r"\s*\((?:fwd|was:.*)\)$", re.IGNORECASE)
# What mail programs write where nothing was entered.
_NOTHING = lazy_regex(
    r"\W*(?:(?:no|without|empty) subject|(?:kein|ohne) betreff|(?:sans|pas d['’]|aucun) ?objet|(?:sin"
    r"|sem) assunto"
    r"|sin asunto|(?:nessun|senza) oggetto|(?:geen|zonder) onderwerp|(?:brak|bez) tematu|(?:inget|utan) ämne"
    r"|(?:intet|uden|uten|ingen) emne|ei aihetta|bez předmětu|konu yok|без темы|無題|件名なし|无主题"
    r"|제목 ?없음)\W*",
    re.IGNORECASE,
)
_MOST = 500


def base_subject(subject: str) -> str:
    """The subject as it is compared: without prefixes like "Re:" and tags, in one case, with single spaces.

    A tag with a number stays, because it may distinguish two matters: see `without_number`.
    """
    bare, _ = _split(subject)
    return " ".join(_AT_END.sub("", bare).casefold().split())


def says_something(subject: str) -> bool:
    """Whether a subject has a word besides marks, tags and what programs write into an empty one."""
    bare = base_subject(subject)
    return bool(bare) and not _NOTHING.fullmatch(bare)


def without_number(subject: str) -> str:
    """The base subject of an answer without the numbered tag before it; "" if there is no such tag."""
    bare, marked = _split(subject)
    found = _NUMBERED.match(bare)
    rest = bare[found.end() :] if found else ""
    return base_subject(rest) if marked or is_answer(rest) else ""


def number_tag(subject: str) -> str:
    """The numbered tag before a subject, such as `[#99120]`, "" if there is none."""
    found = _NUMBERED.match(_split(subject)[0])
    return found[0].strip(" :：|-") if found else ""


def is_answer(subject: str) -> bool:
    """Whether a subject has the prefix of an answer or a forward: `AW:`, `[EXTERNAL] Re:`."""
    return _split(subject)[1]


def _split(subject: str) -> tuple[str, bool]:
    """The subject without prefixes and tags, and whether one of them marks an answer or a forward."""
    bare, marked = subject[:_MOST].lstrip(), False
    while found := _MARK_OR_TAG.match(bare):
        marked = marked or bool(found[1])
        bare = bare[found.end() :].lstrip()
    return bare, marked
