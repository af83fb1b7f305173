"""Numbers by which a file, a meter, an account abroad or a vehicle abroad is somebody's, and addresses written otherwise than
number first: "Client C-20418", "PDL 14 508 773 201 946", "756.5639.6439.03", "chaussée de Wépion 112"."""

import re

from assistant.privacy.form import FOUR_FIGURES, MONTH, SIX_FIGURES, TOWN, Form, Says, digits_of

LEAST_TURNS = 3
_OF_A_FILE = (
    r"cliente?|contrat|police|sinistre|pièce|adhésion|abonnement|fidélité|fidèle|fid|carte|commande|cmd|devis client|dossier|suivi|"
    r"bordereau|bon|colis|expédition|compte client|réf(?:érence)?\.? client|nda|ipp|ins|sécu|prescription|ordonnance|mandat|rum|ics|"
    r"bénéficiaire|usager|patiente?|résidente?|locataire|élève|stagiaire"
)
_CODE = r"(?=[A-Z0-9./-]{0,12}\d)(?=[\d./-]{0,14}[A-Z-])[A-Z0-9+]{1,12}(?:[-/.][A-Z0-9]{1,12}){0,4}"
_WAYS = (
    r"rue|avenue|av\.|boulevard|bd|chemin|impasse|allée|place|quai|route|rte|square|cours|passage|chaussée|clos|venelle|ruelle|"
    r"sentier|drève|montée|faubourg|esplanade|promenade|traverse|hent|straße|strasse|via"
)
_SMALL = r"(?:(?:de la|de l[’']|du|des|de|aux?|les?|la|d[’']|l[’']) ?){0,2}"
_SMALL_WITHIN = r"(?:(?:de la|de l[’']|du|des|de|la|le|les|et|en|sur|aux?|d[’']|l[’']) ?)?"
_NEXT = rf"[ -]{_SMALL_WITHIN}[A-ZÀ-Ý]"


def _word(letters: str) -> str:
    """Up to 25 letters after a capital. A hyphen is one of them and begins the next word as well: the word goes to its end,
    else to the last hyphen that a word follows, and is never tried shorter."""
    within = rf"[{letters}]{{0,25}}"
    return rf"(?>{within}+(?![{letters}])|{within}(?={_NEXT})|{within})"


_FIRST, _OTHER = _word("\\wà-ÿ’'.-"), _word("\\wà-ÿ’'-")
_NAME = rf"[A-ZÀ-Ý]{_FIRST}(?:{_NEXT}{_OTHER}){{0,4}}"
_OF_A_WAY = Says((*(f"{way} " for way in _WAYS.replace("\\", "").split("|")), "zone ", "villa "))
_CANTONS = r"AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH"
_VEHICLE = Says(("remorque", "voiture", "véhic", "plaque", "immat", "camion", "moto", "fourgon", "utilitaire", "bus"))
_FIGURE_WORDS = r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf)"


def _is_a_code(text: str) -> bool:
    """Four figures at the least, and neither a year's number ("2024-031") nor a date."""
    return len(digits_of(text)) >= 4 and re.fullmatch(r"(?:19|20)\d\d[-/.]\d{1,4}|[\d/.-]{6,10}", text) is None


def _is_long(text: str) -> bool:
    return len(digits_of(text)) >= 13


def _mixes(text: str) -> bool:
    """Letters and figures by turns, as papers are numbered: "X4RTBPFW7", "D2H6M4RT1"."""
    return len(re.findall(r"[A-Z]+|\d+", text)) > LEAST_TURNS


REFERENCES: tuple[Form, ...] = (
    Form("IDENTIFIANT", re.compile(rf"\b(?i:{_OF_A_FILE})\b(?: (?:du|de la|de|client|fidèle|fidélité|n°|no|numéro|réf\.?)){{0,2}} ?:? ?(?P<it>(?:[A-Z]{{2,4}} )?{_CODE})(?![\w-])"), _is_a_code, needs=FOUR_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?i)\b(?:pdl|prm|pce|edl|rae|point de livraison|compteur(?: linky| gazpar)?)\b[ :n°]{0,5}(?P<it>\d(?: ?\d){6,17})(?!\d)"), needs=SIX_FIGURES),
    Form("NIR", re.compile(r"(?<![\d.])756[ .]?\d{4}[ .]?\d{4}[ .]?\d{2}(?![\d.]\d|\d)"), needs=SIX_FIGURES),
    Form("NIR", re.compile(r"(?<![\d.])\d{2}\.\d{2}\.\d{2}[ -]\d{3}[.-]\d{2}(?!\d)"), needs=SIX_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?i)\b(?:chèque|cheque|prêt|crédit|livret)\b (?:n°|no|numéro) ?(?P<it>\d{6,12})(?!\d)"), needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"(?<![\w])(?:\+\+)?FR\d{2}[A-Z]{3}\d{6}(?!\w)"), needs=SIX_FIGURES),
    Form("IMMATRICULATION", re.compile(rf"(?<!\w)(?:{_CANTONS})[ ·-]\d{{1,3}}[ ’']?\d{{3}}(?![\d,.]\d|\d)"), needs=_VEHICLE),
    Form("TÉLÉPHONE", re.compile(rf"(?i)\bz[ée]ro[ ,.-]{{1,2}}{_FIGURE_WORDS}(?:[ ,.-]{{1,2}}\d{{2}}){{4}}(?!\d)"), needs=Says(("zéro", "zero"))),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.])0[1-9](?:[.]\d{2}){3}[.]\d ?\d(?!\d)"), needs=SIX_FIGURES),
    Form("COORDONNÉES", re.compile(r"(?<!\w)X ?[=:]? ?\d{3} ?\d{3}(?:[.,]\d{1,3})?[ ,;/]{1,3}Y ?[=:]? ?\d ?\d{3} ?\d{3}(?:[.,]\d{1,3})?"), needs=SIX_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?<![\w/.-])\d{2}[A-Z]{2}\d{5}(?![\w-])"), needs=SIX_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?<![\w/.-])(?=[A-Z]{0,8}\d)[A-Z0-9]{9}(?![\w-])"), _mixes, needs=FOUR_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?<![\w/.,-])\d{7,13}[A-Z]{1,2}(?![\w-])"), lambda t: re.search(r"KG|KM|CM|MM|ML|GO|MO|EU", t) is None, needs=SIX_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?<![\w/.,-])\d{12}(?![\w,.-])"), needs=SIX_FIGURES),
    Form("ADRESSE", re.compile(rf"(?<![\w’'])(?i:{_WAYS})\.? {_SMALL}{_NAME},? (?:n° ?)?\d{{1,4}}(?: ?(?:bis|ter|[A-D]))?(?: (?:bte|boîte|bus|b) ?\d{{1,4}})?(?![\d,.]\d|\d| ?(?:€|%|h\b|m²|ans|personnes))(?:, (?:B-|CH-|L-|F-)?\d{{4,5}} {TOWN})?"), lambda t: re.search(r"(?:19|20)\d\d$", t) is None, needs=_OF_A_WAY),
    Form("ADRESSE", re.compile(rf"(?<![\w’'])(?i:{_WAYS}|villa|résidence|immeuble|zone)\.? {_SMALL}{_NAME},? (?=(?:B-|CH-|L-|F-)?\d{{4,5}} [A-ZÀ-Ý])"), needs=_OF_A_WAY),
    Form("ADRESSE", re.compile(rf"\b(?i:villa) {_SMALL}{_NAME}(?=, (?i:{_WAYS})\b)"), needs=_OF_A_WAY),
    Form("ADRESSE", re.compile(rf"\b(?i:zone) {_SMALL}{_NAME}(?=, \d{{1,4}} (?i:{_WAYS})\b)"), needs=_OF_A_WAY),
    Form("ADRESSE", re.compile(rf"(?<![\w,.])\d{{1,4}}(?: ?(?:bis|ter))?,? (?i:grand[’' -]?rue)(?:,? (?:de|du|des) {_NAME})?"), needs=Says(("grand",))),
    Form("NAISSANCE", re.compile(rf"(?i)\banniversaire\b[^\n.;\d]{{0,30}}?(?P<it>(?:1er|\d{{1,2}}) {MONTH})"), needs=Says(("anniversaire",))),
    Form("NAISSANCE", re.compile(r"(?i)\bnée? en (?P<it>(?:19|20)?\d{2})(?!\d)"), needs=Says(("né en", "née en"))),
    Form("NAISSANCE", re.compile(rf"(?i)\b(?P<it>\d{{1,3}} ans le (?:1er|\d{{1,2}}) {MONTH})"), needs=Says((" ans le ",))),
    Form("LIEN", re.compile(r"(?i)\b(?:mon|ma|notre|son|sa|leur) (?:site|blog|page|portfolio|boutique|profil)\b[^\n.]{0,20}?(?P<it>[a-z0-9][\w-]{2,40}(?:\.[\w-]{2,30}){1,3})(?![\w@])"), needs=Says(("site ", "blog ", "page ", "portfolio ", "boutique ", "profil "))),
    Form("ADRESSE", re.compile(r"\bPK ?\d{1,3}(?:[.,+]\d{1,3})?(?:,? (?:côté|coté) (?:montagne|mer|lagon|océan))?"), needs=Says(("pk",))),
    Form("ADRESSE", re.compile(rf"(?:^|(?<=[:;|] )|(?<=[–-] ))(?P<it>{_NAME})(?=, \d{{5}} [A-ZÀ-Ý])"), needs=FOUR_FIGURES),
    Form("VILLE", re.compile(rf"(?<=, )(?:[1-9]\d{{3}}) {TOWN}(?=[,.;)\n]|$)"), lambda t: re.match(r"(?:19|20)\d\d ", t) is None, needs=FOUR_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?<![\d.,/-])\d{1,5}(?: \d{2,5}){3,6}(?![\d,.]\d|\d| ?[€%])"), _is_long, needs=SIX_FIGURES),
)  # fmt: skip
"""In this order, after the forms that tell more of a number."""
