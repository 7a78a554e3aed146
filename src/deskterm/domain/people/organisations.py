"""Names of companies, offices, clubs and programs, recognised by a word in the customers' languages."""

import re

from deskterm.lazy_regex import lazy_regex

_NO_PERSON = lazy_regex(
    r"\b(?:gmbh|ug|ag|kg|ohg|gbr|ltd|llc|inc|corp|co|plc|bv|nv|sarl|sas|srl|spa|sl|sa|ab|oy|aps|pty|kft|sro|zoo"
    r"|shop|store|boutique|atelier|studio|gallery|galerie|cafe|café|hotel|restaurant|office|büro|team|support|help"
    r"|helpdesk|service|services|customer|kunde|kundin|client|cliente|info|kontakt|contact|sales|vertrieb|admin"
    r"|billing|accounts?|accounting|purchasing|einkauf|orders?|noreply|no-reply|mailer|webmaster|family|familie"
    r"|famille|familia|fam|ehepaar|eheleute|union|unknown|anonymous|guest|gast|test|user|online|group|club"
    r"|verein|school|schule|church|kirche"
    r"|web|website|webseite|webshop|homepage|portal|intranet|system|sistema|systeem|système|site|sito|form|forms"
    r"|formular|formulaire|formulario|foundation|stiftung|museum|praxis|kanzlei|rechtsanwälte|verlag|company|firma)\b",
    re.IGNORECASE,
)
_PROGRAM = lazy_regex(
    r"\b(?:i?phone|ipad|android|galaxy|samsung|huawei|xiaomi|pixel|outlook|thunderbird|null|nil|none|undefined|me|ich"
    r"|moi|yo|n/a)\b|['’]s\b",
    re.IGNORECASE,
)
_TRADE = lazy_regex(
    r"\b(?:bakery|bäckerei|boulangerie|pottery|töpferei|keramik|ceramics?|blumen\w*|flowers?|apotheke|pharmacy"
    r"|pharmacie|buchhaltung|buchhandlung|sekretariat|secretar\w+|secrétariat|reception|rezeption|accueil"
    r"|kundenservice|kundendienst|verwaltung|administra\w+|magasin|tienda|negozio|winkel|sklep|salon|friseur|designs?"
    r"|fotografie|photography|agentur|agency|consulting|solutions|systems?|immobilien|versicherung\w*|reisebüro"
    r"|handel|import|export|bank|rechtsanwalt|rechtsanwältin|anwalt|notar|gemeinde|stadtverwaltung|redaktion"
    r"|marketing)\b",
    re.IGNORECASE,
)
# Towns and offices, shops and trades, schools and churches, departments; each with its forms.
_PLACES = lazy_regex(
    r"\b(?:stadt|city|mairie|ville|commune|ayuntamiento|comune|urząd|câmara|gemeente|kommune?n?|rathaus|amt"
    r"|parafia|parish|paroisse|parroquia|parrocchia|paróquia|kyrkan?|kirke|kościół|iglesia|église|chiesa|igreja"
    r"|farmac[ií]a|farmácia|apteka|apotek|apotheek|librer[ií]a|librairie|księgarnia|livraria|bokhandel|boghandel"
    r"|trattoria|ristorante|osteria|pizzeria|bistro|brasserie|restauracja|restaurante|gasthaus|gasthof|wirtshaus"
    r"|biuro|bureau|ufficio|oficina|escritório|kontor|kontoret|padaria|panader[ií]a|panetteria|bakkerij|piekarnia"
    r"|bager\w*|scuola|escola|escuela|école|szkoła|skola|skole|lycée|liceo|gymnasium|universit\w+|college|kita"
    r"|kindergarten|dział|abteilung|département|reparto|departamento|afdeling|avdelning|ekonomi\w*|compta\w*"
    r"|contabili\w+|księgowość|regnskab|redovisning|zakupy|inköp|indkøb|acquisti|compras|achats|inkoop|atención"
    r"|atendimento|obsługa|musée|museo|muzeum|maison|haus|casa|villa|stiftelsen|fundacja|fondation|fundación"
    r"|fondazione|associa\w+|asociación|stowarzyszenie|förening|forening|société|sociedad|società|legale|cabinet"
    r"|advoka\w+|warsztat|werkstatt|workshop|officina|taller|oficina|söhne|sons|brothers|gebrüder|fils|figli|hijos)\b"
    r"|\w{3,}(?:haus|markt|hof|laden|werk|schule|verein|skolen|winkel)\b",
    re.IGNORECASE,
)
_EASTERN = re.compile(
    "会社|商店|店$|病院|学校|大学|センター|サポート|事務所|工房|部$|課$|公司|商行|주식회사|상점"
    "|^[ァ-ヶー]{6,}$"
)
_WORDS = frozenset("of the and for from your my our with by at".split())  # of no person's name


def is_organisation(name: str) -> bool:
    """Whether a name is a company's, an office's or a program's."""
    matches = any(one.search(name) for one in (_NO_PERSON, _PROGRAM, _TRADE, _PLACES, _EASTERN))
    return matches or not _WORDS.isdisjoint(name.casefold().split())
