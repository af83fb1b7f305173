"""Personal data told by how it is written: addresses of all kinds, numbers of people, of companies, of accounts.

Every pattern reads a text once: repetitions are bounded and never nested, so that a hostile line cannot hold a run.
"""

import itertools
import re
from collections.abc import Iterator

from assistant.lexicon.french import is_french_word, proper_nouns
from assistant.privacy.contacts import CONTACTS
from assistant.privacy.form import (
    DATE,
    FOUR_FIGURES,
    GAP,
    POSTCODE,
    SIX_FIGURES,
    SPACE,
    TOWN,
    Form,
    Says,
    Span,
    digits_of,
)
from assistant.privacy.initials import INITIALS
from assistant.privacy.papers import PAPERS
from assistant.privacy.references import REFERENCES
from assistant.privacy.seen import figures_read, plain
from assistant.privacy.whereabouts import WHEREABOUTS, goes_on, town_of

_STREET = r"rue|avenue|av\.?|boulevard|bd|bvd|chemin|impasse|allée|allées|ruelle|venelle|faubourg|lotissement|sentier"
_PLACE = (
    r"place|quai|route|square|cours|passage|hameau|résidence|esplanade|villa|cité|promenade|rond-point|lieu-dit|clos|parc|zone|"
    r"za|zi|zac|domaine|mail|montée|côte|voie|traverse|galerie|quartier"
)
_NUMBER = rf"\d{{1,4}}(?:{GAP}(?:bis|ter|quater|[A-D]\b))?,?{SPACE}"
_NAME_WORDS = rf"[\wà-ÿÀ-Ý’'.-]{{1,25}}(?:{SPACE}[\wà-ÿÀ-Ý’'.-]{{1,25}}){{0,6}}?"
_IBAN_COUNTRIES = frozenset({
    "AD", "AE", "AL", "AT", "BA", "BE", "BG", "BH", "CH", "CY", "CZ", "DE", "DK", "DZ", "EE", "ES", "FI", "FO",
    "FR", "GB", "GE", "GI", "GL", "GR", "HR", "HU", "IE", "IL", "IS", "IT", "JO", "KW", "LB", "LI", "LT", "LU",
    "LV", "MA", "MC", "MD", "ME", "MK", "MR", "MT", "MU", "NL", "NO", "PL", "PS", "PT", "QA", "RO", "RS", "SA",
    "SE", "SI", "SK", "SM", "TN", "TR", "UA", "VG", "XK",
})  # fmt: skip
_NOT_LETTERS_OF_A_PLATE = frozenset(
    [
        "EUR",
        "TTC",
        "HT",
        "KM",
        "KG",
        "CM",
        "MM",
        "KW",
        "KWH",
        "ML",
        "CL",
        "DB",
        "CV",
        "GO",
        "MO",
        "HZ",
        "RH",
        "PM",
        "AM",
    ]
)
_IDENTITY = (
    r"passeport|carte (?:nationale )?d[’']identité|cni|titre de séjour|permis(?: de conduire)?|carte vitale|sécurité sociale|sécu|"
    r"identifiant(?: (?:pôle emploi|france travail|national|caf|fiscal))?|pôle emploi|france travail|numéro fiscal|spi|matricule|"
    r"ine|numen|rpps|adeli|ameli|bic|swift|"
    r"n°[ \u00a0]?(?:d[’'])?(?:de )?(?:étudiant|stagiaire|salarié|client|sécu|badge|allocataire|adhérent|assuré|licence|dossier)e?"
)
_CARD_OF_A_PERSON = (
    r"passeport|carte (?:nationale )?d[’']identité|cni|titre de séjour|carte de (?:résident|séjour)|agdref|permis de conduire|permis n°|"
    r"carte professionnelle|mdph|carte vitale|identifiant (?:pôle emploi|pole emploi|france travail|national|caf|fiscal)|rpps|adeli|"
    r"ine|numen|numéro fiscal|matricule"
)
"""Documents and numbers that belong to one person: a code that follows within a few words is theirs."""
_PROFILE = (
    r"(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)|facebook\.com|fb\.com|fb\.me|instagram\.com|tiktok\.com|twitter\.com|x\.com|threads\.net|"
    r"snapchat\.com|youtube\.com/(?:@|c/|user/|channel/)|github\.com|gitlab\.com|behance\.net|dribbble\.com|malt\.fr/profile|"
    r"doctolib\.fr|calendly\.com|drive\.google\.com|docs\.google\.com|dropbox\.com|onedrive\.live\.com|1drv\.ms|wa\.me|t\.me|"
    r"notion\.(?:site|so)|linktr\.ee|canva\.com/design|vinted\.[a-z]{2,3}/member|leboncoin\.fr/profil|pinterest\.[a-z]{2,3}|soundcloud\.com|bsky\.app/profile|"
    r"medium\.com/@|substack\.com/@|etsy\.com/(?:fr/)?shop|airbnb\.[a-z]{2,3}/(?:users|rooms)|meet\.google\.com|zoom\.us/j|we\.tl|forms\.gle|twitch\.tv|"
    r"linkedin\.com/company|[a-z0-9-]{2,40}\.github\.io|viadeo\.com|copainsdavant\.linternaute\.com|pagesjaunes\.fr/pros|maps\.app\.goo\.gl|goo\.gl/maps"
)


def _is_iban(text: str) -> bool:
    """The country and the length decide, not the check digits: one wrong figure still tells whose account it is."""
    bare = re.sub(r"\s", "", text)
    return bare[:2] in _IBAN_COUNTRIES and 14 <= len(bare) <= 34 and sum(map(str.isdigit, bare)) >= len(bare) // 2


def _is_company_number(text: str) -> bool:
    from stdnum import luhn

    digits = digits_of(text)
    return len(digits) in {9, 14} and bool(luhn.is_valid(digits))


def _is_card(text: str) -> bool:
    from stdnum import luhn

    digits = digits_of(text)
    return len(digits) in {15, 16} and (
        bool(luhn.is_valid(digits)) or re.fullmatch(r"\d{4}(?:[ \u00a0-]\d{4}){3}", text) is not None
    )


def _is_old_plate(text: str) -> bool:
    letters = re.sub(r"[^A-Z]", "", text)
    return letters not in _NOT_LETTERS_OF_A_PLATE


def _is_code(text: str) -> bool:
    """A number that is no year, no date and no figure: at least five digits, or digits among letters."""
    digits = digits_of(text)
    return len(digits) >= 4 and re.fullmatch(r"(?:19|20)\d{2}|\d{1,2}[ ./-]\d{1,2}[ ./-]\d{2,4}", text) is None


def _names_a_town(text: str) -> bool:
    """ "12000 Euros" names none: a word of the language that is no town."""
    word = re.split(r"[ \u00a0]", text)[1]
    return word.lower() in proper_nouns() or not is_french_word(word) or word in {"Le", "La", "Les"} or "-" in word


def _begins_with_a_town(text: str) -> bool:
    word = re.split(r"[ \u00a0,]", text)[0]
    return word.lower() in proper_nouns() or (not is_french_word(word) and "-" in word)


def _is_no_count_of_ways(text: str) -> bool:
    """ "4 allées larges" and "1 chemin critique" count; an address has another number, or a name with its capital."""
    told = re.match(r"(\d+)\W*(?:(?:bis|ter|quater|[A-D])\b\W*)?(\w+)\W*(.*)", text, re.DOTALL | re.IGNORECASE)
    if told is None:
        return True
    number, way, name = told.groups()
    return any(map(str.isupper, name)) or not (number == "1" or way.lower().endswith("s"))


def _is_address_of_mail(text: str) -> bool:
    """ "git@github.com" and the domains kept for examples are nobody's."""
    return re.match(r"(?i)git@|[^@]{1,64}@example\.(?:com|org|net)$", text) is None


def _is_public_address(text: str) -> bool:
    """Not a private network's, and not the number of a version ("3.11.7.2")."""
    return not text.startswith("192.168.") and any(int(part) >= 30 for part in text.split("."))


def _is_dialled(text: str) -> bool:
    """ "01 02 03 04 05" counts up, and is nobody's."""
    pairs = [int(pair) for pair in re.findall(r"\d{2}", digits_of(text)[-10:])]
    return len({after - before for before, after in itertools.pairwise(pairs)}) > 1


def _has_figures(text: str) -> bool:
    return len(digits_of(text)) >= 4


_AT = rf"(?:{GAP}@{GAP}|{GAP}[\[({{]{GAP}(?:at|arobase|a)\b{GAP}[\])}}]{GAP}|{SPACE}(?:at|arobase){SPACE})"
_DOT = rf"(?:{GAP}\.{GAP}|{GAP}[\[({{]{GAP}(?:dot|point){GAP}[\])}}]{GAP}|{SPACE}(?:dot|point){SPACE})"
_TLD = r"(?:fr|com|org|net|eu|io|info|bzh|pro|be|ch|lu|ca|re|uk|de|es|it|pt|co|me|dev|app|live|alsace|corsica|paris|coop|asso|gouv|edu|tech|shop|biz)"

_HAS_AT = Says(
    (
        "@",
        "arobase",
        " at ",
        "(at",
        "( at",
        "[at",
        "[ at",
        "{at",
        "{ at",
        "(a)",
        "( a )",
        "[a]",
        "[ a ]",
        "{a}",
        "{ a }",
    )
)
_HAS_DOT = re.compile(r"\.\w")
_SPEAKS_OF_BIRTH = Says(
    ("né ", "née", "né(", "né.", "né·", "né:", "né,", "nee ", "ne le", "ne a ", "naiss", "ddn", "anniv")
)
_SPEAKS_OF_HOME = Says(("lieu-dit", "demeurant", "domicili", "habite", "réside", "adresse"))
_HANDLE = Says(("@", "live:", "#"))
_NETWORK = Says(("pseudo", "snap", "insta", "discord", "telegram", "tiktok", "twitter", "skype", "twitch"))
_OF_A_BANK = Says(("rib", "iban", "guichet", "code banque", "cpte"))
_HOLDER = (
    r"adhérente?|adherent|allocataire|usager|agent|employée?|salariée?|mutuelle|cpf|urssaf|msa|caf|cpam|ordre|badge|étudiante?|"
    r"inscription|candidate?|stagiaire|patiente?|bénéficiaire|assurée?|police|sociétaire|abonnée?|élève|demandeur|passeport|"
    r"permis|visa|récépissé|livret"
)
"""Whose number it is, or the paper it stands on."""

FORMS: tuple[Form, ...] = (
    Form("COURRIEL", re.compile(r"(?<![\w.+-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,5}[\w-]{2,24}"), _is_address_of_mail, needs=_HAS_AT),
    Form("COURRIEL", re.compile(rf"(?i)(?<![\w.+-])[\w.+%-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}{_DOT}{_TLD}\b"), _is_address_of_mail, needs=_HAS_AT),
    Form("COURRIEL", re.compile(rf"(?i)(?<![\w.+-])[\w.+%-]{{1,64}}{GAP}[\[({{](?:at|arobase|a)[\])}}]{GAP}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{1,4}}"), needs=_HAS_AT),
    Form("LIEN", re.compile(rf"(?i)\b(?:https?://)?(?:www\.)?(?:{_PROFILE})/?[^\s,;<>()«»\"]{{1,200}}"), needs=_HAS_DOT),
    Form("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0.-]?[A-Z0-9]{4}){2,7}(?:[ \u00a0.-]?[A-Z0-9]{1,4})?\b"), _is_iban, needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"(?<!\d)\d{5}[ \u00a0.-]\d{5}[ \u00a0.-][0-9A-Z]{11}[ \u00a0.-]\d{2}(?!\d)"), needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"(?<!\d)\d{5}[ \u00a0/.-]?\d{5}[ \u00a0/.-]?\d{11}[ \u00a0/.-]?\d{2}(?!\d)"), needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"(?i)\b(?:rib|compte)\b[^\w\n]{0,4}(?:n°[ \u00a0]?)?(?P<it>\d[0-9a-z]{19,26})(?!\w)"), needs=_OF_A_BANK),
    Form("IBAN", re.compile(r"(?i)\bn[°º][ \u00a0]?(?P<it>\d{11})(?!\w)"), needs=_OF_A_BANK),
    Form("IBAN", re.compile(r"(?i)\b(?:banque|guichet|établissement|agence)\b[ \u00a0:=n°]{0,5}(?P<it>\d{5})(?!\d)"), needs=_OF_A_BANK),
    Form("IBAN", re.compile(r"(?i)\b(?:compte|cpte)\b[ \u00a0:=n°]{0,5}(?P<it>[0-9a-z]{11})(?!\w)"), lambda t: len(digits_of(t)) >= 5, needs=_OF_A_BANK),
    Form("IBAN", re.compile(r"(?i)\b(?:cl[ée]|rib)\b(?:[ \u00a0]rib)?[ \u00a0:=n°]{0,5}(?P<it>\d{2})(?!\d)"), needs=_OF_A_BANK),
    Form("NIR", re.compile(r"(?<!\d)[1278]~\d{2}~(?:0[1-9]|1[0-2]|[2-9]\d)~(?:\d{2}|2[AB])~\d{3}~\d{3}(?:~/?~\d{2})?(?!\d)".replace("~", r"[ \u00a0.-]?")), needs=SIX_FIGURES),
    Form("NIR", re.compile(r"(?i)\d{3}[ \u00a0.-]?\d{3}[ \u00a0]?[,(\[–-]?[ \u00a0]?\bcl[ée]\b[ \u00a0:n°]{0,5}(?P<it>\d{2})(?!\d)"), needs=SIX_FIGURES),
    Form("CARTE", re.compile(r"(?<![\d,.])[3-6]\d{3}(?:[ \u00a0-]?\d{4}){3}(?!\d|,\d)|(?<!\d)3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?!\d)"), _is_card, needs=SIX_FIGURES),
    Form("CARTE", re.compile(r"(?<!\d)\d{4}(?:[ -]?[*xX•]{2,4}){2}[ -]?(?:\d{2,4}|[*xX•]{2}\d{2})(?!\d)"), needs=FOUR_FIGURES),
    Form("CARTE", re.compile(r"(?i)\bcarte\b[^\d\n]{0,25}\b(?:finissant|se terminant|terminée?) par[ \u00a0](?P<it>\d{4})(?!\d)"), needs=Says(("carte",))),
    Form("CARTE", re.compile(r"(?i)\bcarte\b[^\d\n]{0,25}(?P<it>\d{4}(?: ?\d{4}){3,4}(?: ?\d{1,3})?)(?!\d)"), needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(rf"(?<![\d/,.])(?:(?:\+|00){GAP}33[ \u00a0.-]?(?:\(0\){GAP})?|\(?0)[1-9]\)?(?P<sep>[ \u00a0.\-/]?)\d{{2}}(?:(?P=sep)\d{{2}}){{3}}(?!\d)"), _is_dialled, needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\d/,.])(?:\+|00)(?:[1-9]\d{0,2})(?:[ \u00a0.\-]?\(?\d{1,4}\)?){2,6}(?!\d)"), lambda t: 9 <= len(digits_of(t)) <= 16, needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\d/,.])0[1-9](?:[ \u00a0-]?\d){8}(?![ \u00a0]?\d)"), _is_dialled, needs=SIX_FIGURES),
    Form("CARTE", re.compile(r"(?i)\b(?:cryptogramme|cvv|cvc|code secret)\b[^\d\n]{0,15}(?P<it>\d{3,4})(?!\d)"), needs=Says(("crypto", "cvv", "cvc", "code secret"))),
    Form("TÉLÉPHONE", re.compile(r"(?i)\b(?:tél(?:éphone)?|portable|mobile|fax|port|gsm)\.?\s?:?\s?(?P<it>\d(?:[ \u00a0.\-/]?\d){7,13})(?!\d)"), needs=SIX_FIGURES),
    Form("TVA", re.compile(r"(?i)\b(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|GB)[ .]?(?=(?:[A-Z]?\d){6})[A-Z0-9]{8,12}\b|\bfr[ ]?[0-9a-z]{2}[ ]?\d{9}\b"), lambda t: len(digits_of(t)) >= 7, needs=SIX_FIGURES),
    Form("TVA", re.compile(rf"\b(?:FR{GAP}[0-9A-Z]{{2}}{GAP}\d{{3}}{GAP}\d{{3}}{GAP}\d{{3}}|BE{GAP}0\d{{3}}[. ]?\d{{3}}[. ]?\d{{3}}|LU\d{{8}}|DE\d{{9}}|ES[A-Z]\d{{8}}|IT\d{{11}}|CHE-?\d{{3}}\.?\d{{3}}\.?\d{{3}})\b"), needs=SIX_FIGURES),
    Form("SIRET", re.compile(r"(?<![\d,.])\d{3}[.-]\d{3}[.-]\d{3}(?:[.-]\d{5})(?![\d,.]\d|\d)"), needs=SIX_FIGURES),
    Form("SIRET", re.compile(rf"(?<![\d,.])\d{{3}}{GAP}\d{{3}}{GAP}\d{{3}}(?:{GAP}\d{{5}})?(?!{GAP}\d|,\d|{GAP}[€%])"), _is_company_number, needs=SIX_FIGURES),
    Form("SIRET", re.compile(rf"(?i)\b(?:siret|siren|rcs(?:{SPACE}[\wà-ÿ-]{{2,25}})?|rne|rm)\b[^\d\n]{{0,40}}(?P<it>\d(?:[ \u00a0.]?\d){{8,13}})(?!\d)"), needs=SIX_FIGURES),
    Form("SIRET", re.compile(r"(?i)\b(?:registre|immatricul\w{2,4})\b[^\d\n]{0,30}?\b(?P<it>[A-D] ?\d{3} ?\d{3} ?\d{3})(?!\d)"), needs=SIX_FIGURES),
    Form("SIRET", re.compile(r"(?<![\d,.])\d{14}(?![\d,.]\d|\d)"), needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"(?i)\bcompte\b(?:[ \u00a0](?:bancaire|courant|n°|numéro)){0,2}[ \u00a0:n°]{0,4}(?P<it>\d{10,11})(?!\d)"), needs=SIX_FIGURES),
    Form("SIRET", re.compile(r"(?i)\bW\d{9}\b"), needs=SIX_FIGURES),
    Form("IMMATRICULATION", re.compile(r"(?i)\b(?:immatricul\w{1,5}|plaque|camion|voiture|véhicule|fourgon|scooter|moto|remorque)\b[^\d\n]{0,15}?\b(?P<it>[a-z]{2}[ -]?\d{3}[ -]?[a-z]{2})\b"), needs=Says(("immat", "plaque", "camion", "voiture", "véhic", "fourgon", "scooter", "moto", "remorque"))),
    Form("IMMATRICULATION", re.compile(r"\b[A-HJ-NP-TV-Z]{2}[- \u00a0]?\d{3}[- \u00a0]?[A-HJ-NP-TV-Z]{2}\b|\b[a-hj-np-tv-z]{2}-?\d{3}-?[a-hj-np-tv-z]{2}\b")),
    Form("IMMATRICULATION", re.compile(r"(?<![\d,.])\d{2,4}[ \u00a0-][A-HJ-NP-TV-Z]{2,3}[ \u00a0-](?:\d{2}|2[AB])(?!\d|,\d|[%€])"), _is_old_plate),
    Form("NAISSANCE", re.compile(rf"(?i)\bn[ée]e?(?:\(e\)|\.e|·e)?{SPACE}(?:(?:à|en){SPACE}[^\d\n.;]{{2,40}}?)?,?{GAP}(?:le{SPACE})?(?P<it>{DATE})"), needs=_SPEAKS_OF_BIRTH),
    Form("NAISSANCE", re.compile(rf"(?i)\b(?:date{SPACE}(?:de{SPACE})?naiss(?:ance)?|naissance|ddn|anniversaire)\b[^\d\n]{{0,15}}(?P<it>{DATE})"), needs=_SPEAKS_OF_BIRTH),
    Form("NAISSANCE", re.compile(rf"\b(?i:n[ée]e?(?:\(e\)|\.e|·e)?{SPACE}(?:le{SPACE}[^\n]{{6,18}}{SPACE})?à{SPACE})(?P<it>{TOWN})"), needs=_SPEAKS_OF_BIRTH),
    Form("ADRESSE", re.compile(rf"\b{_NUMBER}(?i:{_STREET})(?:\b|(?<=\.)){SPACE}{_NAME_WORDS}(?:,?{GAP}{POSTCODE}|(?={GAP}[.;:()\n,!?»|/•→]|{SPACE}[–-]{SPACE}|{SPACE}(?:à|et|où|pour|qui|dans|est|était|au|en){SPACE}|$))"), _is_no_count_of_ways),
    Form("ADRESSE", re.compile(rf"\b{_NUMBER}(?i:{_PLACE})\b{SPACE}(?:(?:de|du|des|de{SPACE}la|la|le|les|aux?){SPACE}|d[’']|de{SPACE}l[’']|l[’'])?(?=[A-ZÀ-Ý0-9]){_NAME_WORDS}(?:,?{GAP}{POSTCODE}|(?={GAP}[.;:()\n,!?»|/•→]|{SPACE}[–-]{SPACE}|{SPACE}(?:à|et|où|pour|qui|dans|est|était|au|en){SPACE}|$))")),
    Form("ADRESSE", re.compile(rf"\b(?i:résidence|immeuble|hameau|villa|lotissement){SPACE}(?:(?:[Ll]es?|[Ll]a|[Dd]u|[Dd]es|[Dd]e){SPACE})?[A-ZÀ-Ý][\wà-ÿ’'-]{{1,25}}(?:{SPACE}[A-ZÀ-Ý][\wà-ÿ’'-]{{1,25}}){{0,3}}(?=,?{SPACE}(?i:app(?:t|artement)\b|bât|esc|étage|porte|{POSTCODE}))"), needs=Says(("résidence", "immeuble", "hameau", "villa", "lotissement"))),
    Form("ADRESSE", re.compile(rf"(?i)\b(?:demeurant|domiciliée?|habite|réside|adresse(?:{SPACE}postale)?{GAP}:)(?!\w)[^\d\n]{{0,15}}(?P<it>(?:\d{{1,4}}(?!\d)[^\n.;]{{6,60}}?(?=[\n.;]|, (?-i:[a-zà-ÿ])|{SPACE}(?:et|qui|mais|depuis|avec|où){SPACE}|$)|(?:lieu-dit|hameau|résidence){SPACE}[^\n.;,]{{3,40}}))"), needs=_SPEAKS_OF_HOME),
    Form("ADRESSE", re.compile(rf"\b(?i:lieu-dit){SPACE}[«\"]?{GAP}(?P<it>[A-ZÀ-Ý][\wà-ÿ’'-]{{2,25}}(?:{SPACE}[A-ZÀ-Ý][\wà-ÿ’'-]{{1,25}}){{0,3}})"), needs=_SPEAKS_OF_HOME),
    Form("VILLE", re.compile(rf"(?<![\d,.]){POSTCODE}"), _names_a_town, needs=FOUR_FIGURES),
    Form("VILLE", re.compile(rf"\b{TOWN}{SPACE}\((?:0[1-9]|[1-8]\d|9[0-8])\d{{3}}\)"), needs=FOUR_FIGURES),
    Form("VILLE", re.compile(r"(?<![\d,.])(?:0[1-9]|[1-8]\d|9[0-8])\d{3} [a-zà-ÿ][a-zà-ÿ’'-]{2,30}"), lambda t: t.split(" ")[1] in proper_nouns() and not is_french_word(t.split(" ")[1]), needs=FOUR_FIGURES),
    Form("VILLE", re.compile(rf"\b{TOWN},?{SPACE}(?:F-)?(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}}(?![\d,.]\d|\d|{SPACE}?[€%])"), _begins_with_a_town, needs=FOUR_FIGURES),
    Form("VILLE", re.compile(r"(?i)\b(?:code postal|cp)\b\s?:?\s?(?P<it>(?:0[1-9]|[1-8]\d|9[0-8])\d{3})(?!\d)"), needs=FOUR_FIGURES),
    Form("COORDONNÉES", re.compile(r"(?i)\b(?:lat(?:itude)?|long?(?:itude)?|gps)\b\.?[^\d\n-]{0,12}(?P<it>-?\d{1,3}[.,]\d{3,8}°?)"), needs=Says(("lat", "lon", "gps"))),
    Form("COORDONNÉES", re.compile(r"\b[NS]\s?\d{1,2}\s?°[^\n]{0,20}?[,;/ ]\s?[EOW]\s?\d{1,3}\s?°(?:\s?\d{1,2}\s?['’′](?:\s?\d{1,2}(?:[.,]\d{1,4})?\s?[\"”″])?)?"), needs=Says(("°",))),
    Form("COORDONNÉES", re.compile(r"(?<![\d.,])-?\d{1,2}[.,]\d{3,8}°?\s?[NS]?\s?[,;/ ]\s?-?\d{1,3}[.,]\d{3,8}°?\s?[EOW]?(?!\.?\d)"), lambda t: len(digits_of(t)) >= 8, needs=SIX_FIGURES),
    Form("COORDONNÉES", re.compile(r"\d{1,2}\s?°\s?\d{1,2}\s?['’′]\s?(?:\d{1,2}(?:[.,]\d{1,4})?\s?[\"”″]|\d{0,2}['’′]{2})?\s?[NS][ ,;/]{0,3}\d{1,3}\s?°\s?\d{1,2}\s?['’′]\s?(?:\d{1,2}(?:[.,]\d{1,4})?\s?[\"”″]|\d{0,2}['’′]{2})?\s?[EOW]\b"), needs=Says(("°",))),
    Form("IDENTIFIANT", re.compile(r"(?<![\d,.])\d{2} \d{2} \d{5} \d{2}(?![\d,.]\d|\d)"), needs=Says(("déclar", "nda", "organisme"))),
    Form("IP", re.compile(r"(?<![\d.])(?!(?:127|10|0|255)\.)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])"), _is_public_address, needs=re.compile(r"\d\.\d{1,3}\.\d")),
    Form("IP", re.compile(r"(?i)(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])"), needs=re.compile(r"[0-9a-fA-F]:[0-9a-fA-F:]")),
    Form("IP", re.compile(r"(?i)(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])"), lambda t: len(t) >= 8, needs=re.compile(r"[0-9a-fA-F]:[0-9a-fA-F:]")),
    Form("IDENTIFIANT", re.compile(rf"\b(?i:{_CARD_OF_A_PERSON})\b[^\d\n]{{0,30}}?(?<![A-Za-z0-9])(?P<it>[A-Z0-9](?:[ .\-/]?[A-Z0-9]){{4,30}})(?!\w)"), _is_code, needs=FOUR_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?<![\w#])[\w.]{2,32}#\d{4}(?!\d)|\blive:[\w.-]{3,40}"), needs=_HANDLE),
    Form("IDENTIFIANT", re.compile(rf"\b(?i:{_IDENTITY})\b(?:{SPACE}(?:est|français|française|numéro|portant|sous|le|la|mon|ma|de)){{0,3}}[^\w\n]{{0,4}}(?i:n°|no|nº|numéro|num\.?|#)?[^\w\n]{{0,3}}(?P<it>[A-Z0-9](?:[ .\-/]?[A-Z0-9]){{4,24}})(?!\w)"), _has_figures, needs=FOUR_FIGURES),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b(?:n°|nº|numéro|num|identifiant|id)[ \u00a0]?(?:de{SPACE}|d[’']|du{SPACE})?(?:{_HOLDER})\b(?:{SPACE}(?-i:[A-Z]{{2,8}}))?[^\w\n]{{0,4}}(?:est|c[’']est|:)?[^\w\n]{{0,3}}(?P<it>[A-Z0-9](?:[ .\-/]?[A-Z0-9]){{4,24}})(?!\w)"), _is_code, needs=FOUR_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?i)\b(?:pseudo|snap|snapchat|insta|instagram|discord|telegram|tiktok|twitter|skype|twitch)\b[ \u00a0]?(?:est|c[’']?est|:|=)[ \u00a0]?(?P<it>[a-z0-9]{1,25}(?:[_.\d][a-z0-9_.]{0,20})(?<![.]))(?![\w@])"), needs=_NETWORK),
    Form("IDENTIFIANT", re.compile(r"(?i)(?<![\w.])@(?=[a-z.]{0,30}[_\d])[a-z0-9_.]{3,30}(?![\w(.])"), needs=_HANDLE),
    Form("IDENTIFIANT", re.compile(r"(?i)\blicence\b[^\d\n]{0,20}?(?:n[°º]|numéro)[ \u00a0]?(?P<it>\d(?:[ \u00a0]?\d){5,13})(?!\d)"), needs=SIX_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?i)(?<![\w.])(?P<it>@[a-z0-9_.]{3,30})(?=[^@\n]{0,20}\b(?:instagram|insta|twitter|tiktok|snap|snapchat|discord|telegram|facebook)\b)"), needs=_HANDLE),
    Form("IDENTIFIANT", re.compile(r"(?i)\b(?:instagram|insta|twitter|tiktok|snap(?:chat)?|discord|telegram|skype|pseudo|compte|profil)\b[^@\n]{0,20}(?P<it>@[A-Za-z0-9_.]{3,30})"), needs=_HANDLE),
)  # fmt: skip
"""In the order in which they are looked for: what one has taken, the next leaves alone."""


_ALL = (*FORMS, *PAPERS, *WHEREABOUTS, *CONTACTS, *REFERENCES, *INITIALS)
_NEEDED = tuple(dict.fromkeys(form.needs for form in _ALL))
_IN_ORDER = tuple((form, _NEEDED.index(form.needs)) for form in _ALL)
"""Each form with the place in `_NEEDED` of what it needs."""

_OF_A_THING = re.compile(
    r"(?i)(?:\bréf(?:érence)?s?|\bean|\bisbn|\bgencod|\bbarres?|\blot|\bsérie|\barticle|\bmodèle|\bproduit|\bsku)\.?[ :n°]{0,5}$"
)
_NAMED_WAY = re.compile(
    rf"{_NUMBER}[\wà-ÿ-]{{1,12}}\.?{SPACE}(?:(?:de|du|des|la|le|les|aux?){SPACE}|[dl][’']){{0,2}}[A-ZÀ-Ý][\wà-ÿ’'.-]{{0,25}}"
    rf"(?:{SPACE}(?:(?:de|du|des|la|le|les|et|en|sur|sous|à|aux?){SPACE}|[dl][’']){{0,2}}[A-ZÀ-Ý0-9][\wà-ÿ’'.-]{{0,25}}){{0,5}}"
)
_GOES_ON_SMALL = re.compile(rf"{SPACE}[a-zà-ÿ]{{2}}")
"""The sentence goes on in small letters after the name of a way: "27 av. Aristide-Bruneau veut"."""
_REFERENCE = re.compile(
    r"(?i)(?:\bréf(?:érence)?s?|\bmasque|\bformat|\blot|\bmodèle|\barticle|\bcode|\bsalle|\bsérie|\bétagère|\bemplacement|\bcasier|\bétiquette|\bpièce|\bplan)\.?[ :n°]{0,4}$"
)
"""Before a code that is a thing's: "réf. AB-123-CD"."""


def forms_in(text: str) -> Iterator[Span]:
    """Personal data told by its form, not overlapping, in no order."""
    read = plain(text)
    taken = bytearray(len(text))
    yield from _told(read, taken)
    figures = figures_read(read)
    if figures != read:
        yield from _told(figures, taken)


def _told(text: str, taken: bytearray) -> Iterator[Span]:
    small = text.lower()
    holds = [one.within(small) if isinstance(one, Says) else one.search(text) is not None for one in _NEEDED]
    for form, needed in _IN_ORDER:
        if not holds[needed]:
            continue
        group = "it" if "it" in form.pattern.groupindex else 0
        for match in form.pattern.finditer(text):
            start, end = match.span(group)
            written = text[start:end]
            end = start + (len(written) if form.kind == "PERSONNE" else len(written.rstrip(" ,;:.-/")))
            if start >= end or taken.find(1, start, end) >= 0 or not form.is_one(text[start:end]):
                continue
            if form.kind == "IDENTIFIANT" and group == 0 and _OF_A_THING.search(text, max(0, start - 24), start):
                continue
            if form.kind == "IMMATRICULATION" and _REFERENCE.search(text, max(0, start - 20), start):
                continue
            if form.kind == "ADRESSE":
                named = _NAMED_WAY.match(text, start, end)
                if named is not None and _GOES_ON_SMALL.match(text, named.end()):
                    end = named.end()
                end = goes_on(text, end)
                end = end if taken.find(1, start, end) < 0 else match.end(group)
                town = town_of(text, end)
                if town is not None and taken.find(1, *town) < 0:
                    taken[town[0] : town[1]] = b"\1" * (town[1] - town[0])
                    yield Span(*town, "VILLE")
            taken[start:end] = b"\1" * (end - start)
            yield Span(start, end, form.kind)
