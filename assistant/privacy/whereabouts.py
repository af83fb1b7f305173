"""Where somebody lives or was born: towns beside their postcode, boxes, floors and doors, dates and places of birth."""

import re

from assistant.lexicon.french import is_french_in_capitals, is_french_word, proper_nouns
from assistant.privacy.form import DATE, FIGURE, FOUR_FIGURES, MONTH, SIX_FIGURES, TOWN, Form, Says
from assistant.privacy.words import let_through
from assistant.text import fold

LEAST_OF_A_TOWN = 3
LONGEST_SIGN = 4
"""Letters of a sign in capitals ("RAL", "EUR") that stands beside numbers."""
_POST = r"(?:0[1-9]|[1-8]\d|9[0-8]|2[AB]) ?\d{3}"
_SAINT = frozenset(["st", "ste", "saint", "sainte", "le", "la", "les"])
_TOWN_WORD = r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ’'-]{1,40}"
_TOWN_WORDS = rf"{_TOWN_WORD}(?:[ -](?:sur|sous|en|lès|les|la|le|du|de|des|aux?)(?=[ -]))?(?:[ -](?-i:[A-ZÀ-Ý])[A-Za-zÀ-ÿ’'-]{{1,30}}){{0,3}}"
_COUNTED = frozenset(
    ["followers", "views", "leads", "clicks", "users", "tokens", "euros", "impressions", "prospects", "posts"]
)
_NOT_A_PRICE = r"(?![\d,.]\d|\d| ?[€%])"


def _words_of(text: str) -> list[str]:
    return [word for word in re.split(r"[^A-Za-zÀ-ÿ’'-]+", text) if len(word) > 1]


def _word_of(text: str, at: int) -> str:
    """The first or last word, empty where there is none of two letters."""
    words = _words_of(text)
    return words[at] if words else ""


def _is_town(word: str) -> bool:
    """A word of no other use, or a name that only towns have ("Saint-…", "…-sur-…", "…-les-…")."""
    lower = word.lower()
    if re.search(r"^(?:saint|sainte|st|ste)-|-(?:sur|sous|lès|les|en|la|le|de|du|d’|d')-", lower):
        return True
    return lower in proper_nouns() and not is_french_word(word)


def _has_town(text: str) -> bool:
    """Whether the words beside a postcode are a town's: one that is known, a saint's, or a capital that no French word
    has."""
    words = [word for word in _words_of(text) if word.upper() not in {"F", "CEDEX"}]
    if len(words) > 1 and words[0] in {"LE", "LA"} and words[1].isupper():
        return True
    while len(words) > 1 and words[0].lower() in _SAINT:
        if words[0].lower().startswith(("s", "S")):
            return words[1][0].isupper() or _is_town(words[1]) or not is_french_word(words[1])
        words = words[1:]
    if not words:
        return False
    word = words[0]
    if len(word) < LEAST_OF_A_TOWN or (
        word.isupper() and len(word) <= LONGEST_SIGN and word.lower() not in proper_nouns()
    ):
        return False
    if _is_town(word) or (word[0].isupper() and word.lower() in proper_nouns()):
        return True
    common = is_french_in_capitals(word) if word.isupper() else is_french_word(word)
    return word[0].isupper() and not common and fold(word) not in let_through()


def _is_known_town(text: str) -> bool:
    """As `_has_town`, but known: beside a number that is only perhaps a postcode."""
    words = [word for word in _words_of(text) if word.lower() not in _SAINT or "-" in word]
    if words and words[0].istitle() and words[0].lower() in proper_nouns():
        return True
    return bool(words) and (_is_town(words[0]) or bool(re.match(r"(?i)[\d ,–/()-]*(?:st|ste|saint|sainte)[ -]", text)))


def _is_no_count(text: str) -> bool:
    """Small letters after a postcode are a town's where they are no word: "29000 quimper", not "29000 visiteurs"."""
    words = _words_of(text)
    return not any(map(is_french_word, words[1:] or words)) and words[-1] not in _COUNTED


_BIRTH = r"n[ée]e?(?:\(e\)|\.e|·e)?"
_OF_BIRTH = (
    "né ",
    "née",
    "né(",
    "né.",
    "né·",
    "né:",
    "né,",
    "nee ",
    "ne le",
    "ne a ",
    "naiss",
    "ddn",
    "d.o.b",
    "dob",
    "anniv",
)
_SPEAKS_OF_BIRTH = Says((*_OF_BIRTH, "birth", "born", " ans", "dn ", "dn:"))
_BIRTH_OR_AGE = Says((*_OF_BIRTH, "naît", "nait", "d.d.n"))
_IN_LETTERS = (
    r"(?:premier|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente)(?:[ -](?:et|un|deux|"
    rf"trois|quatre|cinq|six|sept|huit|neuf)){{0,2}} {MONTH} (?:mil|mille|deux)(?:[ -](?:neuf|cents?|mille?|et|un|deux|trois|quatre|cinq|six|sept|"
    r"huit|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante)){0,8}"
)
_MONTHS_OUT = r"(?:jan|feb|fev|mar|apr|avr|may|mai|jun|jul|aug|aou|sep|oct|nov|dec)[a-zû]{0,6}"
_ANY_DATE = rf"(?:{DATE}|{_IN_LETTERS}|\d{{1,2}} ?{_MONTHS_OUT} ?\d{{2,4}}|{MONTH} (?:19|20)\d{{2}}|(?:19|20)\d{{2}}|\d{{6,8}})(?![\w])"
_LIVES = r"domicil\w{1,4}|domicile|demeurant|habit(?:e|ant|ais|ait)|résid(?:e|ant|ence principale)|grandi|vis|vit|ville|commune|lieu de résidence"
_SPEAKS_OF_HOME = Says(("domicil", "demeurant", "habit", "résid", "grandi", "vis ", "vit ", "ville", "commune"))
_SPEAKS_OF_A_BOX = re.compile(r"\b(?:BP|B\.P\.|CS|TSA)(?!\w)")
_ABBREVIATED = r"pl|rte|imp|all|sq|sente|ch|che|crs|bld|blvd|fbg|lot|rés|res|pass|r"

_DAY = r"(?:premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix-sept|dix-huit|dix-neuf|vingt(?:-[a-z-]{2,9})?|trente(?: et un|-et-un)?)"
_STREETS = r"rue|avenue|boulevard|impasse|allée|venelle|chemin|place|quai|square|route|ruelle|passage|cours"
_SMALL = r"(?:de la |de l[’']|des |du |de |d[’']|aux? |les? |la )?"
_NAMED = (
    r"[A-ZÀ-Ý][\wà-ÿ’'.-]{1,25}(?:[ -](?:de |du |des |la |le |les |et |d[’']){0,2}[A-ZÀ-Ý0-9][\wà-ÿ’'-]{0,25}){0,4}"
)
_SPEAKS_OF_A_STREET = Says(
    (
        "rue ",
        "avenue ",
        "boulevard ",
        "impasse ",
        "allée ",
        "venelle ",
        "chemin ",
        "place ",
        "quai ",
        "square ",
        "route ",
        "ruelle ",
        "passage ",
        "cours ",
    )
)
_SPEAKS_OF_LIVING = Says(("habit", "demeur", "domicil", "résid", "adresse", "siège", "loge", "vis ", "vit "))
_SPEAKS_OF_A_ZONE = Says(
    ("za ", "zi ", "zac ", "z.a", "z.i", "zone artisan", "zone industri", "zone d", "zone commerc", "parc d")
)
_SPEAKS_OF_A_HOUSE = Says(("résidence", "hameau", "lotissement", "lieu-dit", "lieu dit", "quartier"))
_SPEAKS_OF_A_DOOR = Says(("bât", "bat.", "bat ", "esc ", "esc.", "escalier", "appt", "app.", "appartement"))
_ABROAD = r"Bruxelles|Liège|Namur|Charleroi|Anvers|Gand|Mons|Tournai|Genève|Lausanne|Zurich|Berne|Bâle|Fribourg|Neuchâtel|Luxembourg|Sion|Nyon|Anderlecht|Schaerbeek|Ixelles|Uccle|Verviers|Bruges|Louvain|Carouge|Vevey|Montreux|Yverdon"


def _is_no_town(text: str) -> bool:
    """Whether the last word is a name that is no known town's: "ZA de Kerjean", not "la zone industrielle de Brest"."""
    word = _word_of(text, -1).lower()
    return word not in proper_nouns() and fold(word) not in let_through()


def _is_no_year(text: str) -> bool:
    """ "place de la République, 2019" is a date."""
    return re.search(r"(?:19|20)\d{2}$", text) is None


def _is_no_count_of_things(text: str) -> bool:
    """A door or a court that has a name, not "12 cours Excel"."""
    return fold(_word_of(text, -1)) not in let_through()


def _is_a_town_told(text: str) -> bool:
    return _has_town(re.sub(r"^\W*(?:F-)?\d{5}\W*", "", text))


def _is_unknown_or_town(text: str) -> bool:
    word = _word_of(text, 0)
    return bool(word) and (_is_town(word) or (not is_french_word(word) and fold(word) not in let_through()))


def _is_an_unknown_town(text: str) -> bool:
    word = _word_of(text, 0)
    return bool(word) and not is_french_word(word) and fold(word) not in let_through()


def _is_unknown(text: str) -> bool:
    word = _word_of(text, -1)
    return not is_french_word(word) and _is_no_town(text)


WHEREABOUTS: tuple[Form, ...] = (
    Form("NAISSANCE", re.compile(rf"(?i)\b{_BIRTH}(?:[ :]{{1,3}}(?:le|en|à|a)\b)?[ :]{{1,3}}(?P<it>{_ANY_DATE})"), needs=_SPEAKS_OF_BIRTH),
    Form("NAISSANCE", re.compile(rf"(?i)\b(?:date(?: et lieu)?(?: de)? naiss(?:ance)?|naissance|ddn|dn|d\.o\.b|dob|birth ?date|born|anniversaire|anniv)\b(?: ?\([^()\n]{{1,15}}\))?(?:[^\w\n]{{0,5}}(?:on|le)?)?[ :]{{0,3}}(?P<it>{_ANY_DATE})"), needs=_SPEAKS_OF_BIRTH),
    Form("NAISSANCE", re.compile(rf"(?i)(?<![\w/])(?P<it>{DATE}|\d{{6}})(?![\w/])(?=[^\w\n]{{1,3}}(?:champ )?[«\" ]{{0,3}}(?:dn|ddn|birth ?date|date de naissance|naissance)\b)"), needs=_SPEAKS_OF_BIRTH),
    Form("NAISSANCE", re.compile(rf"(?i)\b\d{{1,2}} ans[ ,]{{1,2}}\(?(?P<it>{DATE})\)?"), needs=_SPEAKS_OF_BIRTH),
    Form("NAISSANCE", re.compile(rf"\b(?i:{_BIRTH})(?:[ :]{{1,3}}(?i:le|en)?[ :]{{0,2}}[^\n;|]{{4,45}}?)?(?:[ ,:]{{1,3}}(?i:à|a)[ :]{{1,3}})(?P<it>{TOWN}(?: \(\d{{2,3}}\))?)"), needs=_SPEAKS_OF_BIRTH),
    Form("NAISSANCE", re.compile(rf"\b(?i:{_BIRTH})[ :]{{1,3}}(?i:le)[ :]{{1,3}}{DATE}[ ,:]{{1,3}}(?:(?i:à|a)[ :]{{1,3}})?(?P<it>{TOWN}(?: \(\d{{2,3}}\))?)"), needs=_SPEAKS_OF_BIRTH),
    Form("NAISSANCE", re.compile(rf"\b(?i:naissance)\b[^A-ZÀ-Ý\n]{{0,30}}(?:(?i:lieu)[ :]{{1,3}})?(?P<it>{TOWN}(?: \(\d{{2,3}}\))?)"), lambda t: _has_town(t), needs=_SPEAKS_OF_BIRTH),
    Form("NAISSANCE", re.compile(rf"\b(?i:born|birth)\b[^\n]{{0,30}} in (?P<it>{TOWN})"), needs=_SPEAKS_OF_BIRTH),
    Form("ADRESSE", re.compile(r"\b(?:BP|B\.P\.|CS|TSA)[ ]?(?:n°)?[ ]?\d{2,6}\b"), needs=_SPEAKS_OF_A_BOX),
    Form("ADRESSE", re.compile(rf"(?<![\w,.])\d{{1,4}}(?: ?(?:bis|ter|quater|[A-D]))?,? (?:{_ABBREVIATED})\.? (?:(?:de|du|des|la|le|les|aux?) |de la |[dl][’']|de l[’']){{0,2}}[A-ZÀ-Ý][\wà-ÿ’'-]{{1,25}}(?:[ -][A-ZÀ-Ý][\wà-ÿ’'-]{{1,25}}){{0,4}}(?:,? {_POST}(?: {TOWN})?)?")),
    Form("ADRESSE", re.compile(rf"\b(?i:résidence|villa|hameau|route|rue|chemin|impasse|allée|lotissement|lieu-dit|place|quai)(?: (?:de|du|des|la|le|les|aux?)| de la| de l[’']| [dl][’'])? ?[A-ZÀ-Ý][\wà-ÿ’'-]{{1,25}}(?:[ -][A-ZÀ-Ý][\wà-ÿ’'-]{{1,25}}){{0,3}}[ ,–-]{{1,3}}{_POST} {TOWN}"), needs=FOUR_FIGURES),
    Form("VILLE", re.compile(rf"(?i)(?<![\w,.])(?:F-)?{_POST}[ ,/–-]{{1,3}}{_TOWN_WORDS}(?: cedex)?(?: \d{{1,2}}(?!\d))?"), lambda t: _has_town(re.sub(r"^(?:F-)?[\dAB ]+", "", t)) if re.match(r"(?:F-)?\d[\dAB]\d{3}", t) else _is_known_town(re.sub(r"^[\dAB ]+", "", t)), needs=FOUR_FIGURES),
    Form("VILLE", re.compile(rf"(?i)(?<![\w’'-])(?P<it>{_TOWN_WORDS}(?: \d{{1,2}}(?:e|er|ème))?[ ,/(–-]{{1,3}}(?:F-)?{_POST})(?![\d,.]\d|\d| ?[€%])(?=\W{{0,2}}(?:$|[\n.,;:|)]|(?-i:[A-ZÀ-Ý])|depuis|et\b))"), _is_known_town, needs=FOUR_FIGURES),
    Form("VILLE", re.compile(rf"\b(?P<it>{TOWN} ?[(/–-] ?(?:F-)?(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}}\)?){_NOT_A_PRICE}"), lambda t: _has_town(t), needs=FOUR_FIGURES),
    Form("VILLE", re.compile(r"(?<![\w,.])(?:0[1-9]|[1-8]\d|9[0-8])\d{3} (?:(?:st|ste|saint|sainte|la|le|les) )?[a-zà-ÿ][a-zà-ÿ’'-]{3,30}(?=[.,;:)|\n]|$)"), _is_no_count, needs=FIGURE),
    Form("VILLE", re.compile(rf"\b(?:B-\d{{4}}|CH-\d{{4}}|L-\d{{4}}|D-\d{{5}}|E-\d{{5}}|I-\d{{5}}) {TOWN}"), needs=re.compile(r"[BHLDEI]-\d{4}")),
    Form("VILLE", re.compile(rf"\b(?i:{_LIVES}|mobilité)\b(?: ?: ?| (?:à|sur|près de|vers) )(?P<it>{TOWN}(?: \(\d{{2,3}}\))?)"), lambda t: _has_town(t), needs=Says((*_SPEAKS_OF_HOME.stems, "mobilité"))),
    Form("VILLE", re.compile(rf"\b(?i:habite|vis à|réside|domicile) (?P<it>{TOWN}(?: \(\d{{2,3}}\))?)"), lambda t: _has_town(t), needs=_SPEAKS_OF_HOME),
    Form("VILLE", re.compile(rf"\b(?i:code postal|cp)[ :]{{0,3}}\d{{5}}[ ,;|]{{1,4}}(?i:commune|ville)[ :]{{1,3}}(?P<it>{TOWN})"), needs=FOUR_FIGURES),
    Form("VILLE", re.compile(rf"\bR\.?C\.?S\.? (?:de |du |d[’'])?(?P<it>{TOWN}?)(?=[ ]+(?:sous|n°|[A-D] |\d)|[.,;]|$)"), lambda t: _has_town(t), needs=Says(("rcs", "r.c.s"))),
    Form("NAISSANCE", re.compile(rf"(?i)\b(?:{_BIRTH}|naît|nait|naissance|d\.d\.n\.?)(?!\w)[ ,:]{{1,3}}(?:(?:le|un|en|fin|début|courant|vers|au mois de)[ ,:]{{1,2}}){{0,2}}(?P<it>(?:{_ANY_DATE}|{_DAY} {MONTH}(?: (?:19|20)?\d{{2}})?|\d{{1,2}} {MONTH}(?: [’']?\d{{2}})?)(?!\w))"), needs=_BIRTH_OR_AGE),
    Form("NAISSANCE", re.compile(r"(?i)\bâgée? (?:de |d[’'])(?P<it>\d{1,3} ans(?: et demi)?)(?! (?:à|et plus|ou plus|révolus))"), needs=Says(("âgé",))),
    Form("NAISSANCE", re.compile(r"(?i)\bj[’']ai (?P<it>\d{2} ans)(?! d[e’'])"), needs=Says(("ai 1", "ai 2", "ai 3", "ai 4", "ai 5", "ai 6"))),
    Form("NAISSANCE", re.compile(r"\b(?:M\.|Mme|Mlle|Monsieur|Madame) [A-ZÀ-Ý][\wà-ÿ’'.-]{0,25}(?: [A-ZÀ-Ý][\wà-ÿ’'.-]{0,25})?,? \(?(?P<it>\d{1,3} ans)\b(?! d[e’'])"), needs=Says((" ans",))),
    Form("ADRESSE", re.compile(rf"\b(?:Z\.?A\.?C?\.?|Z\.?I\.?|(?i:zone (?:artisanale|industrielle|d[’']activités?|commerciale)|parc d[’']activités?)) {_SMALL}{_NAMED}(?:, (?i:lot|bât(?:iment)?\.?|n°) ?[A-Z0-9]{{1,3}}\b)?"), _is_no_town, needs=_SPEAKS_OF_A_ZONE),
    Form("ADRESSE", re.compile(r"\b(?i:résidence) (?:L(?:es?|a) |L[’']|(?:du |des |de la |de l[’'])(?=[A-ZÀ-Ý]))[A-ZÀ-Ý][\wà-ÿ’'-]{2,25}(?:[ -][A-ZÀ-Ý][\wà-ÿ’'-]{1,25}){0,2}(?:, (?i:app(?:t|artement)\.?|bât(?:iment)?\.?) ?[A-Z0-9]{1,4}\b)?"), needs=_SPEAKS_OF_A_HOUSE),
    Form("ADRESSE", re.compile(rf"\b(?i:hameau|lieu[ -]dit|lotissement) {_SMALL}«? ?{_NAMED}"), needs=_SPEAKS_OF_A_HOUSE),
    Form("ADRESSE", re.compile(rf"\b(?i:quartier) {_SMALL}{_NAMED}"), _is_unknown, needs=_SPEAKS_OF_A_HOUSE),
    Form("ADRESSE", re.compile(r"\b(?i:bât(?:iment)?|esc(?:alier)?)\.? [A-Z0-9]{1,3}\b(?:, ?(?i:\d{1,2}(?:er|e|ème) étage|rdc|porte \w{1,4}|app(?:t|artement)\.? \w{1,4})){1,3}"), needs=_SPEAKS_OF_A_DOOR),
    Form("ADRESSE", re.compile(r"(?i)\bapp(?:t|artement)\.? (?:n° ?)?\d{1,4}(?-i:[A-Z])?\b(?! (?:m²|m2|pièces|€))"), needs=_SPEAKS_OF_A_DOOR),
    Form("ADRESSE", re.compile(rf"(?<![\w,.])\d{{1,4}}(?: ?(?:bis|ter|quater))?(?: ?(?:-|à|/) ?\d{{1,4}})?,? (?:de la |du |de l[’']|d[’'])?(?i:{_STREETS}) {_SMALL}{_NAMED}"), needs=_SPEAKS_OF_A_STREET),
    Form("ADRESSE", re.compile(rf"\b(?i:{_STREETS}) {_SMALL}{_NAMED}, (?:au )?n° ?\d{{1,4}}(?: ?bis| ?ter)?\b"), needs=_SPEAKS_OF_A_STREET),
    Form("ADRESSE", re.compile(rf"(?i)\b(?:habit\w{{1,4}}|demeur\w{{1,4}}|domicil\w{{1,4}}|résid\w{{1,4}}|adresse|siège|log\w{{1,4}}|vis|vit)\b[^\n.;\d]{{0,20}}?\b(?P<it>(?:{_STREETS}) {_SMALL}(?-i:{_NAMED}))"), needs=_SPEAKS_OF_LIVING),
    Form("VILLE", re.compile(rf"(?<![\w,.])[1-9]\d{{3}} (?:{_ABROAD})(?!\w)"), needs=FOUR_FIGURES),
    Form("COORDONNÉES", re.compile(r"\d{1,2} ?° ?\d{1,2}[.,]\d{1,4} ?['’′] ?[NS][ ,;/]{0,3}\d{1,3} ?° ?\d{1,2}[.,]\d{1,4} ?['’′] ?[EOW]\b"), needs=SIX_FIGURES),
    Form("COORDONNÉES", re.compile(r"\b[NS] ?\d{1,2}[.,]\d{2,8}°?[ ,;/]{1,3}[EOW] ?\d{1,3}[.,]\d{2,8}|(?<![\d.,])\d{1,2}[.,]\d{2,8}°? ?[NS][ ,;/]{1,3}\d{1,3}[.,]\d{2,8}°? ?[EOW]\b"), needs=SIX_FIGURES),
    Form("COORDONNÉES", re.compile(r"(?i)\b(?:lat|long?|gps|latitude|longitude|coordonnées)\b[^\n]{0,25}?\d{1,2}[.,]\d{3,8}°? ?[NS]?[^\w\n]{0,3}(?:et|/|;|,|)[^\w\n-]{0,3}(?P<it>-?\d{1,3}[.,]\d{3,8})"), needs=Says(("lat", "lon", "gps", "coordonn"))),
    Form("COORDONNÉES", re.compile(r"\bX ?[=:] ?\d{6,7}(?:[.,]\d{1,3})?[ ,;/]{1,3}Y ?[=:] ?\d{7}(?:[.,]\d{1,3})?"), needs=SIX_FIGURES),
    Form("COORDONNÉES", re.compile(r"(?i)\butm\b ?(?P<it>\d{1,2} ?[A-Z] ?\d{6} ?\d{7})"), needs=Says(("utm",))),
    Form("COORDONNÉES", re.compile(r"(?<!\w)-?\d{1,2} ?° ?\d{1,2}[.,]\d{1,4} ?['’′] ?[,;/] ?-?\d{1,3} ?° ?\d{1,2}[.,]\d{1,4} ?['’′]"), needs=Says(("°",))),
    Form("COORDONNÉES", re.compile(r"(?<!\S)///[a-zà-ÿ]{2,20}\.[a-zà-ÿ]{2,20}\.[a-zà-ÿ]{2,20}\b"), needs=Says(("///",))),
    Form("ADRESSE", re.compile(rf"\b(?i:{_STREETS}) {_SMALL}{_NAMED},? ?(?:n° ?)?\d{{1,4}}(?: ?bis| ?ter)?(?=[ ]?(?:[,.;:)|]|$))"), _is_no_year, needs=_SPEAKS_OF_A_STREET),
    Form("ADRESSE", re.compile(rf"(?<![\w,.])\d{{1,4}}(?: ?(?:bis|ter))?,? (?i:ave|chem|pce|cour|porte|rang|galerie|villa|mail|esplanade)\.? {_SMALL}{_NAMED}"), _is_no_count_of_things, needs=Says(("ave", "chem", "pce", "cour", "porte", "rang", "galerie", "villa", "mail", "esplanade"))),
    Form("ADRESSE", re.compile(rf"\b(?:l\.d\.|LD|L\.D\.) (?P<it>{_NAMED})"), needs=re.compile(r"\bl\.d\.|\bL\.?D\b")),
    Form("ADRESSE", re.compile(rf"\b(?i:rés|imm|lot)\. (?:L(?:es?|a) |(?:du |des |de la |de l[’'])(?=[A-ZÀ-Ý]))?{_NAMED}(?:,? (?i:esc|bât|n°)\.? ?[A-Z0-9]{{1,3}}\b)?"), needs=Says(("rés.", "imm.", "lot."))),
    Form("ADRESSE", re.compile(rf"\b(?:Villa|PA|P\.A\.) {_SMALL}{_NAMED}"), _is_unknown, needs=re.compile(r"\bVilla\b|\bP\.?A\b")),
    Form("ADRESSE", re.compile(rf"(?<!\w)(?:c/o|s/c(?: de)?) (?:M\. |Mme |Mlle )?(?P<it>{_NAMED})"), needs=Says(("c/o", "s/c"))),
    Form("VILLE", re.compile(rf"(?<![\w,.])(?:F-|\()?(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}}\)?[ -](?P<town>{TOWN})"), _is_a_town_told, needs=FOUR_FIGURES),
    Form("VILLE", re.compile(rf"\b(?i:{_LIVES}|originaire|natif|native)\b(?: de| à| sur| :)? (?:la commune de |la ville de )?(?P<it>{TOWN}(?: \(\d{{2,3}}\))?)"), _is_unknown_or_town, needs=Says((*_SPEAKS_OF_HOME.stems, "originaire", "natif", "native"))),
    Form("VILLE", re.compile(rf"\b(?:à|de) (?P<it>{TOWN}) \((?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6])\)"), _is_unknown_or_town),
    Form("VILLE", re.compile(rf"\b(?i:fait) à (?P<it>{TOWN}),? le\b"), lambda t: _has_town(t), needs=Says(("fait à",))),
    Form("VILLE", re.compile(r"(?<![\w,.])(?:0[1-9]|[1-8]\d|9[0-8])\d{3} (?:st|ste|saint|sainte)[ -][a-zà-ÿ][a-zà-ÿ’'-]{2,30}"), needs=FOUR_FIGURES),
    Form("ADRESSE", re.compile(r"(?<![\w,.])\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|impasse|chemin|place|route) (?:du |de la |des |de l[’'])[a-zà-ÿ][a-zà-ÿ’'-]{2,25}(?=,| a | à | \d{5}|\s*$|[.;)])"), needs=_SPEAKS_OF_A_STREET),
    Form("VILLE", re.compile(rf"\b(?P<it>{TOWN} CEDEX(?: \d{{1,2}})?)\b"), needs=Says(("cedex",))),
    Form("VILLE", re.compile(r"(?<![\w-])(?P<it>[A-ZÀ-Ý][a-zà-ÿ]{5,25}(?:-[A-ZÀ-Ýa-zà-ÿ]{2,20}){0,4},? (?:0[1-9]|[1-8]\d|9[0-8])\d{3})(?=[ ]?(?:[,.;:)|]|$))"), _is_an_unknown_town, needs=FOUR_FIGURES),
    Form("COORDONNÉES", re.compile(r"(?i)\blambert[ -]?(?:93|ii|2)\b[^\d\n]{0,12}(?P<it>\d{6,7}(?:[.,]\d{1,3})?[^\w\n]{1,5}\d{7}(?:[.,]\d{1,3})?)"), needs=SIX_FIGURES),
    Form("COORDONNÉES", re.compile(r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b(?: [A-ZÀ-Ý][\wà-ÿ’'-]{2,30})?"), needs=Says(("+",))),
    Form("COORDONNÉES", re.compile(r"(?<!\d)\d{1,2} \d{1,2} \d{1,2}(?:[.,]\d{1,3})? ?[NS][ ,;/–-]{1,4}\d{1,3} \d{1,2} \d{1,2}(?:[.,]\d{1,3})? ?[EOW]\b"), needs=SIX_FIGURES),
)  # fmt: skip
_COMPLEMENT = re.compile(
    r"(?i)(?:[ ,–-]{1,3}(?:\d{1,2}(?:er|e|ème) étage|rez-de-chaussée|rdc|porte \w{1,4}\b|app(?:t|artement)?\.? \w{1,5}\b|bât(?:iment)?\.? \w{1,4}\b|"
    r"esc(?:alier)?\.? \w{1,3}\b|(?:digi)?code [A-Z0-9]{3,6}\b|BP \d{1,6}|cedex(?: \d{1,2})?)){1,4}"
)
_TOWN_AFTER = re.compile(rf"[ ]?[,–-][ ]?(?P<it>{TOWN})(?=\s*(?:[,.;)|]|$))")


_TOWN_OF_IT = re.compile(rf" à (?P<it>{TOWN})(?=\s*(?:[,.;)|]|$))")


def town_of(text: str, end: int) -> tuple[int, int] | None:
    """The town told by "à" right after an address that ends at `end`: "14 rue Haute à Givors"."""
    town = _TOWN_OF_IT.match(text, end)
    return town.span("it") if town and _has_town(town.group("it")) else None


def goes_on(text: str, end: int) -> int:
    """Where an address ends that is told up to `end`: its floor, door and code, and a town after a comma, are of it."""
    more = _COMPLEMENT.match(text, end)
    end = more.end() if more else end
    town = _TOWN_AFTER.match(text, end)
    return town.end("it") if town and _has_town(town.group("it")) else end
