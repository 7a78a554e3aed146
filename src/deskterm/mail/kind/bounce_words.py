"""What mail servers say when they do not deliver, as patterns by reason (named in `bounce_reasons.py`)."""

from deskterm.mail.phrases import Phrases, phrases

# Each reason, followed by its patterns. The first one that matches decides, so specific ones come first.
_IN_ENGLISH = r"""
no host
    account or domain may not exist
network
    delivery temporarily suspended
no user
    recipient address rejected: (?:access denied|undeliverable)
    unrouteable address
too fast
    grey-?list|too many connections
sender
    \bdmarc\b|\bspf\b|\bdkim\b|does not have authentication information
    (?:sender|mail|message) is unauthenticated
reverse name
    reverse dns|\bptr\b|\brdns\b|reverse lookup|cannot find your (?:reverse )?hostname
    valid sender domain
spam
    blacklisted (?:url|link)|\bspam\b(?!haus)(?! incident)|\bube\b|\buce\b|junk mail|unsolicited
    bulk mail
virus
    virus|malware|infected
blocked
    \b(?:rbl|rsbl|dbl|dsbl|dnsbl)\b
    block[ -]?list|black[ -]?list(?!ed (?:url|link))|spamhaus|blocked (?:using|by|for)
    client host|bloqu[ée]e pour|your ip|sending ip|invalid ip|refused to talk to me
    service not available, closing
    smtp server of your isp|(?:bad|low|poor) reputation|service refus|banned|not allowed to connect
    (?:mail|connections?) from (?:your )?(?:ip|host)\b.{0,60}(?:reject|refus|not accept|denied)
    (?:ip|host) address .{0,60}reject|due to (?:a )?listing
    \b5\d\d (?:access denied|rejected)\b|relay quota|\bblocked\b(?! ip)
too fast
    frequency limited|too many (?:connections|messages|recipients)|at a rate that|rate limit|throttl
    too fast
no mail
    (?:does|do) not accept (?:any )?(?:e-?)?mail|no smtp service|null ?mx|nullmx
    not accept(?:ing)? mail for|couldn't find a mail exchanger|couldn't find any host|mx points to
    no mx (?:record )?(?:was )?found
moved
    has moved|please try <|user not local
    no longer on server|user moved|address (?:has )?changed|moved to (?:a )?new
full
    (?:mail ?box|inbox|folder|account|user)\b.{0,40}\b(?:is )?(?:too )?full\b|(?<!relay )quota
    out of storage|exceeds? allowed size|storage (?:limit|full|space|allocation)
    used (?:up )?all (?:of )?(?:its|their|the|his|her) storage
    (?:mailbox|account|inbox)\b.{0,30}(?:exceed|over)\w* .{0,20}(?:limit|size|quota)
    (?:mailbox|inbox) size (?:limit )?exceed
disk
    insufficient (?:disk|system|storage)|disk (?:is )?full|no space left|out of disk
too big
    too (?:large|big) for|message (?:is )?too (?:large|big)|sizelimit|size limit|(?:length|size) exceeds
    exceeds .{0,30}size|larger than (?:the |is )?(?:allowed|permitted|maximum)
suspended
    \b(?:is|been|temporary|temporarily) (?:disabled|suspended|locked|frozen|blocked|deactivated|discontinued)
    disabled recipient|account .{0,30}(?:disabled|inactive|suspended|locked|blocked)|is inactive
    compte du destinataire est bloqu|(?:account|mailbox|address|user) .{0,20}(?:has |is )?expired
    (?:account|mailbox|user) .{0,20}suspended
no host
    host (?:name )?(?:is )?unknown|unknown (?:host|domain)|domain (?:does not|doesn't|doesn’t) exist
    no such (?:domain|host)|host (?:\S{1,80} )?not found|dns lookup failure|domain (?:name )?not found
    host or domain name not found|name or service not known|nxdomain|unrouteable|unable to resolve
    account or domain may not exist|host name lookup failure|dns.{0,20}non-?existent
    domain .{1,60} couldn.t be found|domain (?:name )?.{0,60}\bnot (?:appear to be )?registered
relay
    relay(?:ing)? (?:access )?(?:denied|not (?:permitted|allowed))|not permitted to relay
    unable to relay|relaying denied|no relaying|allowed rcpt ?hosts|not a gateway|we do not relay
refused
    sender address|domain of sender|sender (?:rejected|denied|verify)|responsible address
    registered gateway user|google groups|rejected by recipient
no user
    user (?:is )?unknown|unknown user|no such (?:user|recipient|mailbox|address|person|local|account)
    (?:user|addressee|recipient|person|account) (?:was |is )?(?:not found|unknown|not known)
    (?:cannot|can't|can not|couldn['’]t|could not|unable to) find (?:the |any |this )?(?:user|recipient)
    not (?:a|any) known (?:user|recipient|address)|no ?(?:one|body) (?:at|by|with) (?:this|that)
    (?:no longer|not) (?:employed|works?|with (?:us|the company))|user is no longer
    not found in (?:the |our )?director
    (?:this|that) (?:user|person|mailbox) is no longer (?:accepted|available|here|in use)
    (?:user|mailbox|account|address|recipient)\b.{0,80} (?:does not|doesn['’]t|do not) exist
    unknown (?:recipient|address|local|mailbox)
    recipient (?:name |address )?(?:is )?(?:not (?:recognized|found|known)|unknown|is possibly incorrect)
    not a valid (?:user|mailbox)|user not exist|invalid (?:user|recipient|address|mailbox|final)
    mailbox (?:not found|unavailable|unknown)|not listed in|recipnotfound|no mailbox
    doesn['’]t have an? .{1,60}account|inactive email address
    address (?:not found|unknown|couldn['’]t be found)|that you tried to reach does not exist
network
    hop count|too many hops|mail loop|routing loop|loops? back|network is unreachable|no route to host
    connection refused|name service error|malformed or unexpected name server
expired
    timed? ?-?out|expired|retry time|too long|not been delivered|not yet been delivered
    will (?:keep|continue to) (?:try|attempt)|could not be delivered (?:for|in)|delivery time
    host not reachable|socket error|no answer from (?:the )?(?:host|server)
    did not accept our requests to connect|delivery failed \d+ attempts
    has been delayed|could not deliver for the last|is delayed|warning.{0,40}still
    could not send mail for|after \d+ (?:hours|days)|still being retried|delivery attempts|deferred
    temporary problem
content
    content (?:rejected|error|type|is)
    (?:attachment|file) (?:type|name|extension)s? .{0,20}(?:not|blocked|refus|reject)
    (?:invalid|missing|malformed|no) (?:\S{1,20} )?headers?|headers? too large|not rfc (?:2822|5322)
    multiple addresses
    malformed mime|message content
policy
    policy|not compliant|security reasons|administrative(?:ly)? prohibit
security
    unauthenticated|authentication (?:required|failed)|failed to deliver(?:y|ed)?$|access denied
    encryption|tls
syntax
    malformed address|syntax error|unsupported (?:option|parameter|command)|not implemented|bad address
    incorrectly constructed|bad sequence
program
    pipe to|local delivery failed|mailer (?:error|failed)|x-unix; ?\d+|command (?:failed|died)
    unknown mailer error|vdelivermail
system
    system error|internal (?:server )?error|service (?:is )?(?:currently )?unavailable
    configuration error|write error|local error|duplicated message-id|resources|temporar(?:y|ily)
filtered
    filtered|mailbox .{0,40}not (?:accept|available)|not accepting
    requested action (?:aborted|not taken)|(?:refused|rejects?|blocked) (?:mail|messages?) from you
    only accepts? (?:mail|messages?) from
"""

# Other languages: reason, what the sentence is about, what it says about that. The first match decides.
_SAID = (
    ("full", "postfach|briefkasten|mailbox|konto|speicher|quota",
     "(?:über)?(?:voll|füllt|schritten|schöpft)\\b"),
    ("full", "boîte|messagerie|quota", "pleine?\\b|satur|dépass"),
    ("full", "buzón|bandeja|cuenta|cuota", "llen[oa]\\b|exced|super|agotad"),
    ("full", "casella|quota|spazio", "pien[ao]\\b|superat|esaurit"),
    ("full", "caixa|quota|conta", "chei[ao]\\b|lotad|esgotad|exced"),
    ("full", "mailbox|postbus|postvak|inbox|brievenbus|quotum", "vol\\b|overschreden"),
    ("full", "skrzynk|limit", "pełn|przekroczon"),
    ("full", "inkorg|brevlåd|postlåd|indbakke|innboks|postkass|postboks|mailboks", "ful[dl]|fyldt"),
    ("full", "postilaatikko|schránka|kutusu|γραμματοκιβώτιο", "täy(?:nnä|si)|plná|přeplněn|dol[ud]|πλήρ|γεμ"),
    ("full", "ящик|квот", "переполн|превыш"),
    ("full", "邮箱|信箱|郵箱|메일함|용량|容量|メールボックス",
     "满|滿|空间|空間|가득|초과|부족|オーバー|超|いっぱい"),
    ("suspended", "postfach|konto|benutzer|empfänger", "gesperrt|deaktiviert"),
    ("suspended", "compte|boîte", "désactiv|suspend|bloqu"),
    ("suspended", "cuenta|buzón|conta", "desactivad|desativad|suspens|suspendid|bloquead"),
    ("suspended", "casella|account", "disattivat|sospes|bloccat"),
    ("suspended", "konto|skrzynk|ящик|аккаунт", "zablokowan|zawieszon|заблокирован"),
    ("no user", "empfänger|adress|benutzer|teilnehmer|postfach|konto|account",
     "unbekannt|existier(?:t|en) nicht|ungültig|gibt es nicht|nicht .{0,40}aufgeführt"),
    ("no user", "empfänger|adress|benutzer|teilnehmer|postfach|konto|account",
     "nicht (?:mehr )?(?:gefunden|vorhanden|bekannt|existent|gültig)"),
    ("no user", "destinataire|adresse|utilisateur|boîte|compte",
     "inconnu|inexistant|n['’]existe (?:pas|plus)|introuvable|invalide|n['’]a pas été trouvé"),
    ("no user", "destinatario|dirección|usuario|buzón|cuenta",
     "desconocid|inexistente|no (?:se )?(?:ha )?(?:existe|encontr|encuentra|válid)|inválid"),
    ("no user", "destinatario|indirizzo|utente|casella|account",
     "sconosciut|inesistente|non (?:esiste|risulta|(?:è )?(?:stat[oa] )?(?:trovat|valid))"),
    ("no user", "ontvanger|adres|gebruiker|postbus|mailbox|account",
     "onbekend|bestaat niet|niet (?:gevonden|bekend|geldig)|ongeldig"),
    ("no user", "destinatário|endereço|usuário|utilizador|caixa|conta",
     "desconhecid|inexistente|não (?:existe|(?:foi )?(?:encontrad|localizad))|inválid"),
    ("no user", "odbiorc|adres|użytkownik|skrzynk|kont",
     "nieznan|nie istniej|nie (?:został\\w* )?znalezion|nie znaleziono|nieprawidłow"),
    ("no user", "mottagar|adress|användar|konto",
     "okänd|finns (?:inte|ej)|existerar inte|hittades inte|ogiltig"),
    ("no user", "modtager|mottaker|adresse|bruger|bruker|konto",
     "ukendt|ukjent|(?:findes|finnes|fantes|eksisterer) ikke|ikke fu?nn?e?[dt]|ugyldig"),
    ("no user", "vastaanottaj|osoit|käyttäj|tili", "tuntem|ei ole|ei löyd|ei löyt|virheelli"),
    ("no user", "příjemc|adres|uživatel|schránk", "neznám|neexistuj|nenalezen|neplatn"),
    ("no user", "alıcı|adres|kullanıcı|hesap", "bilinm[ei]y|bulunam|mevcut değil|geçersiz|yok\\b"),
    ("no user", "получател|адрес|пользовател|ящик", "неизвест|не существует|не найден|недейств"),
    ("no user", "παραλήπτ|διεύθυνση|χρήστη", "άγνωστ|δεν υπάρχει|δεν βρέθηκε"),
    ("no user", "宛先|アドレス|ユーザ|受信者", "見つから|見つかり|存在し|不明|無効|誤り|間違"),
    ("no user", "收件人|用户|地址|邮箱|账号|帐号|使用者|帳號", "不存在|无效|無效|不正确|找不到|未找到"),
    ("no user", "수신자|수신인|받는|주소|사용자|계정", "존재하지|없는|없습니다|찾을 수 없|잘못"),
)  # fmt: skip
_BESIDE = 60  # characters that may be between the two
_WHOLE = r"""
too big
    zu groß|trop (?:volumineux|grand|gros)|demasiado (?:grande|extens)|troppo grande|te groot
    muito grande|zbyt duż|för stort?\b|for stor\b|liian suuri|příliš velk|çok büyük|слишком больш
    大きすぎ|サイズ.{0,12}(?:超|制限)|过大|過大
no user
    unbekannte?r? (?:empfänger|adress|benutzer)|existiert nicht|unbekannt|no existe|non esiste|não existe
    bestaat niet|nie istnieje|nie ma takiego (?:użytkownik|adres|kont)
    neznám\w* (?:uživatel|příjemc|adres)|onbekende (?:gebruiker|ontvanger)
    не существует|не найден|見つかりません|存在しません|不存在|존재하지
full
    переполнен|容量|受信者のメールボックス
"""


def _pattern(subject: str, verb: str) -> str:
    return f"(?:{subject}).{{0,{_BESIDE}}}(?:{verb})"


PHRASES = (
    phrases(_IN_ENGLISH)
    + [(reason, Phrases(_pattern(subject, verb))) for reason, subject, verb in _SAID]
    + phrases(_WHOLE)
)
