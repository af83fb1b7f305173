"""Numbers of papers, accounts and vehicles that their label tells: whatever their letters and figures, what follows "CNI",
"guichet" or "badge n°" is somebody's. And the half-hidden ones, of which what is left still tells."""

import re

from assistant.lexicon.french import is_french_word, proper_nouns
from assistant.privacy.form import FIGURE, FOUR_FIGURES, SIX_FIGURES, Form, Says, digits_of
from assistant.privacy.words import let_through
from assistant.text import fold

_CODE = r"(?:(?-i:[A-Z]{1,5})[-/ ]?)?(?=[A-Z]{0,6}\d)[A-Z0-9]{1,24}(?:[ ./-](?=[A-Z]{0,3}\d)[A-Z0-9]{1,14}){0,8}(?:[ -](?-i:[A-Z]{1,2})\b)?(?!\w)"
"""Pieces that each hold a figure near their beginning, so that a word after it is not of it."""
_NUMBERED = r"(?:(?:n[°ºo]|no|num|numéro|numero|ref|réf|référence|id)\.?|#)"
_PAPER = (
    r"passeport|passport|(?:carte|pièce)(?: nationale)? d[’' ]?identité|carte identité|cni|titre de séjour|carte de (?:séjour|résident)|visa(?: (?:de )?(?:long|court) séjour)?|récépissé|"
    r"permis(?! de (?:construire|démolir|aménager))(?: de conduire| [abcde]1?)?|agdref|numéro étranger|carte pro(?:fessionnelle)?|sst|caces|habilitation|livret de famille|"
    r"carte (?:fidélité|de fidélité|navigo|étudiante?|mutuelle|vitale|grise|d[’' ]électeur)|passeport de prévention|vin"
)
_OF_SOMEONE = (
    r"ine|numen|rpps|adeli|finess|spi|nda|déclaration d[’' ]activité|avis(?: d[’' ]impos(?:ition|é))?|fiscal|caf|cpam|msa|cpf|mdph|rqth|agefiph|"
    r"cap emploi|france travail|pôle emploi|pole emploi|urssaf|allocataire|adhérente?|adherente?|abonnée?|assurée?|sociétaire|étudiante?|"
    r"etudiante?|stagiaire|apprentie?|salariée?|agent|badge|matricule|cliente?|clt?|usagère?|usager|patiente?|bénéficiaire|dossier(?=[^\d\n]{0,14}\d[\d ./-]{4,12}\d)|colis|suivi|"
    r"ticket|commande|contrat|police|sinistre|mandat|licence|inscription|candidate?|mutuelle|eori"
)
_BETWEEN = r"(?:[ :=/(|→-]|\b(?:est|c[’']est|sous|le|la|de|du|d[’']|mon|ma|sa|son|porte|portant|français|française|au|des?|délivrée?|établie?|portant)\b|(?-i:[A-Z][a-zà-ÿ]{3,12})\b){0,8}"


def _is_number(text: str) -> bool:
    """At least four figures that are neither a year nor a date."""
    return len(digits_of(text)) >= 4 and re.fullmatch(r"(?:19|20)\d{2}|\d{1,2}[ ./-]\d{1,2}[ ./-]\d{2,4}", text) is None


def _is_long_number(text: str) -> bool:
    """More than a year, a count or a yearly number ("2024-031") holds."""
    return _is_number(text) and (len(digits_of(text)) >= 6 or re.match(r"[A-Z]", text) is not None)


def _is_handle(text: str) -> bool:
    """A word that nobody writes otherwise."""
    bare = text.lstrip("@")
    return bare.lower() not in proper_nouns() and fold(bare) not in let_through() and not is_french_word(bare)


def _is_plate(text: str) -> bool:
    """ "AA-000-AA" is how one is written, and nobody's."""
    return set(digits_of(text)) != {"0"}


def _half_hidden(text: str) -> bool:
    """A card or an account of which at least four figures were left."""
    return len(digits_of(text)) >= 4 and re.search(r"[xX*•]", text) is not None


_OF_A_CARD = Says(("carte", "cb", "visa", "mastercard", "cvv", "amex"))
_OF_AN_ACCOUNT = Says(("rib", "guichet", "code banque", "relevé d"))
_OF_PAPERS = Says(("<<",))
_OF_A_VEHICLE = Says(
    (
        "immat",
        "plaque",
        "camion",
        "voiture",
        "véhic",
        "fourgon",
        "scooter",
        "moto",
        "remorque",
        "cyclo",
        "quad",
        "kangoo",
        "clio",
        "trafic",
        "berlingo",
        "utilitaire",
        "vin ",
        "vin:",
        "taxi",
    )
)
_VEHICLE = (
    r"immatricul\w{1,5}|plaques?|camion(?:nette)?|voiture|véhicule|fourgon(?:nette)?|scooter|moto|remorque|cyclo(?:moteur)?|quad|kangoo|"
    r"clio|trafic|berlingo|utilitaire|taxi"
)
_NETWORKS = (
    r"instagram|insta|twitter|tiktok|snap(?:chat)?|discord|telegram|skype|twitch|pseudo|vinted|leboncoin|pinterest|threads|bluesky|"
    r"mastodon|messenger|facebook|linkedin|steam|etsy|youtube"
)
_OF_A_NETWORK = Says(
    (
        "insta",
        "twitter",
        "tiktok",
        "snap",
        "discord",
        "telegram",
        "skype",
        "twitch",
        "pseudo",
        "vinted",
        "leboncoin",
        "pinterest",
        "threads",
        "bluesky",
        "mastodon",
        "messenger",
        "facebook",
        "linkedin",
        "steam",
        "etsy",
        "youtube",
    )
)
_OF_AN_ACCOUNT_NAME = Says(("@",))
_SPEAKS_OF_FOLLOWERS = (
    r"suiv\w{1,5}|réseaux|abonn\w{1,5}|compte|profil|stor(?:y|ies)|posts?|tag\w{0,3}|mention\w{0,4}|mp|dm"
)
_GO_ON = r"[ ]?(?:[:=→]|est|c[’']?est|sous le nom(?: de)?|sur le forum est)?[ ]?"

_PARTED = r"[ ./|:;,_()–-]{1,4}"
_TOLD = r"\b[^\w\n]{0,4}(?:(?:n°|no|numéro|est|le)\b)?[^\w\n]{0,3}"
_OF_A_CODE = Says(("code", "mot de passe", "mdp", "password"))
_OF_A_SERVICE = Says(("imei", "ipp", "finess", "uai", "pnr"))
_OF_A_DEED = Says(("agrément", "certificat", "diplôme", "attestation", "autorisation", "convention", "titre"))


def _is_secret(text: str) -> bool:
    """A word no dictionary holds."""
    return not is_french_word(text) and len(text) >= 4


def _is_french_account(text: str) -> bool:
    return 20 <= len(re.sub(r"\W", "", text)) <= 28 and len(digits_of(text)) >= 15


def _is_foreign_account(text: str) -> bool:
    return text[:2] in _ACCOUNTS and len(digits_of(text)) >= 13


_ACCOUNTS = frozenset({
    "AD", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "DZ", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU",
    "IE", "IT", "LI", "LT", "LU", "LV", "MA", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "SM",
    "SN", "TN", "TR", "CI",
})  # fmt: skip

PAPERS: tuple[Form, ...] = (
    Form("IBAN", re.compile(r"(?i)(?<!\w)FR ?\d{2}(?:[ .-]{0,2}[0-9A-Z](?![a-z]{2})){20,24}(?!\w)"), _is_french_account, needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"(?<!\w)[A-Z]{2} ?\d{2}(?:[ .-]?\d){11,28}(?!\w)"), _is_foreign_account, needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"(?i)(?<!\w)FR ?\d{2}(?: ?\d{4}){0,3} ?(?:\.{2,5}|…|[*x•]{3,})[ *x•.\d]{0,30}\d{2,4}(?!\w)"), needs=FIGURE),
    Form("IBAN", re.compile(r"(?<![\w,.])(?:\d{4} ){5}\d{3}(?!\w)"), needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"(?i)\b(?:n°|no|numéro|num) ?(?:de |du )?(?:compte|cpte)(?: bancaire| courant)?[ :=]{0,4}(?P<it>[0-9a-z](?:[ .]?[0-9a-z]){8,12})(?!\w)"), lambda t: len(digits_of(t)) >= 8, needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"(?i)\b(?:c(?:ode)?[ /.]?)?(?:banque|bque|bq|étab(?:lissement)?|etab|guichet|guich|gui)\b\.?[ :=n°]{0,5}(?P<it>\d{5})(?!\d)"), needs=Says(("guich", "rib", "gui "))),
    Form("IBAN", re.compile(r"(?i)\b(?:compte|cpte|cpt)\b\.?[ :=n°]{0,5}(?P<it>[0-9a-z](?:[ .]?[0-9a-z]){9,11})(?!\w)"), lambda t: len(digits_of(t)) >= 6, needs=Says(("guich", "rib", "gui "))),
    Form("CARTE", re.compile(r"(?i)\b(?:carte|cb)\b[^\d\n]{0,25}(?P<it>\d{16})(?!\d)"), needs=SIX_FIGURES),
    Form("CARTE", re.compile(r"(?i)\b(?:carte(?: bleue| bancaire)?|cb|visa|mastercard)\b[^\d\n*•]{0,25}(?:[*•x]{2,12}[ -]?|(?:finissant|se terminant|terminée?|qui finit) (?:par|en) )(?P<it>\d{4})(?!\d)"), needs=_OF_A_CARD),
    Form("IDENTIFIANT", re.compile(r"(?i)\bcode (?:pin|secret|confidentiel|de (?:la |ma )?carte|d[’']accès|d[’']entrée|wi-?fi|alarme|du portail|portail|de la porte|vigik)\b[ :=]{0,4}(?:est |c[’']est )?(?P<it>(?=[A-Z]{0,4}\d)[A-Z0-9]{4,10})(?!\w)"), needs=_OF_A_CODE),
    Form("IDENTIFIANT", re.compile(r"(?i)\b(?:mot de passe|mdp|password)\b ?(?:[:=]|est) ?(?P<it>[^\s«»,;]{4,30}(?<![.)]))"), _is_secret, needs=_OF_A_CODE),
    Form("IDENTIFIANT", re.compile(r"(?i)\b(?:imei|ipp|finess|uai|pnr)\b[ :n°]{0,4}(?P<it>(?-i:[A-Z0-9](?: ?[A-Z0-9]){5,17}))(?!\w)"), lambda t: any(map(str.isdigit, t)) or t.isupper(), needs=_OF_A_SERVICE),
    Form("IDENTIFIANT", re.compile(r"\b(?:AUT|CAR|FOR|DIR|SOC)-\d{3}-\d{4}-\d{2}-\d{2}-\d{6,12}\b"), needs=SIX_FIGURES),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b(?:agrément|certificat|diplôme|attestation|autorisation|convention(?! collective)|titre)(?: (?:de|d[’']|du) ?[a-zà-ÿ]{{3,14}}){{0,2}} {_NUMBERED}[ :]{{0,2}}(?P<it>{_CODE})"), lambda t: len(digits_of(t)) >= 7 and re.match(r"(?:19|20)\d\d-\d{3,4}$", t) is None, needs=_OF_A_DEED),
    Form("IDENTIFIANT", re.compile(r"(?i)\b(?:de|demandeur d[’']emploi|france travail|pôle emploi|identifiant) ?(?:n°|numéro)? ?:? ?(?P<it>\d{7}[A-Z])(?!\w)"), needs=SIX_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?i)\b(?:contrat|mandat|police|sinistre)\b ?:? ?(?P<it>(?-i:[A-Z]{1,4})[/-]?\d{2,4}[/-]\d{3,10})(?!\w)"), needs=SIX_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?i)\bbadge ?(?:n°)? ?:? ?(?P<it>\d{4,10})(?![\d,.]\d|\w)"), needs=FOUR_FIGURES),
    Form("IMMATRICULATION", re.compile(r"(?<!\w)[A-HJ-NP-TV-Z]{2} ?(?P<by>[–·/]) ?\d{3} ?(?P=by) ?[A-HJ-NP-TV-Z]{2}(?!\w)"), _is_plate),
    Form("IP", re.compile(r"(?i)(?<![\w.])(?=[0-9.]*[a-f])(?=[a-f.]*\d)[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])")),
    Form("IDENTIFIANT", re.compile(r"(?<!\S)[A-Z0-9]{1,30}<[A-Z0-9<]{5,44}"), needs=_OF_PAPERS),
    Form("IBAN", re.compile(r"(?<!\w)[A-Z] ?[A-Z](?: \d){2}(?: [A-Z0-9]){10,30}(?!\w)"), needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[\dX*•x]{4}){3,7}(?:[ .-]?[\dX*•x]{1,4})?(?!\w)"), _half_hidden, needs=FOUR_FIGURES),
    Form("IBAN", re.compile(r"(?<![\w/])\d{5} ?[/|.] ?\d{5} ?[/|.] ?[0-9A-Z]{11} ?[/|.] ?\d{2}(?!\w)"), needs=SIX_FIGURES),
    Form("IBAN", re.compile(rf"(?i)(?<!\w)\d{{5}}{_PARTED}\d{{5}}{_PARTED}(?:[0-9a-z][ .]?){{10}}[0-9a-z]{_PARTED}\d{{2}}(?!\w)"), lambda t: len(digits_of(t)) >= 17, needs=SIX_FIGURES),
    Form("IBAN", re.compile(rf"(?i)\b(?:banque|guichet|établissement|agence|code){_TOLD}(?P<it>\d{{5}})(?!\d)"), needs=_OF_AN_ACCOUNT),
    Form("IBAN", re.compile(rf"(?i)\bcompte{_TOLD}(?P<it>(?:[0-9a-z][ .]?){{10}}[0-9a-z])(?!\w)"), lambda t: len(digits_of(t)) >= 6, needs=_OF_AN_ACCOUNT),
    Form("IBAN", re.compile(r"(?i)\brib\b[ :n°]{0,5}(?P<it>\d[\d ]{20,30}\d)(?!\w)"), lambda t: len(digits_of(t)) == 23, needs=SIX_FIGURES),
    Form("IBAN", re.compile(r"\b(?i:bic|swift)\b[ :]{1,3}(?P<it>[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b"), needs=Says(("bic", "swift"))),
    Form("CARTE", re.compile(r"(?<![\w,.])[\dxX*•]{4}(?:[ ./-]?[\dxX*•]{2,4}){3}(?!\w)"), _half_hidden, needs=FOUR_FIGURES),
    Form("CARTE", re.compile(r"(?<![\w,.])[3-6]\d{3}(?:[ .–/-]?\d{4}){3}(?![\w])"), lambda t: re.fullmatch(r"\d{16}", t) is None, needs=_OF_A_CARD),
    Form("CARTE", re.compile(r"(?<![\w,.])[3-6]\d{3}(?P<by>[ .–/-])\d{4}(?P=by)\d{4}(?P=by)\d{4}(?![\w])"), needs=SIX_FIGURES),
    Form("CARTE", re.compile(r"(?<![\w])3[47]\d{2}[ .-]?\d{6}[ .-]?\d{5}(?!\w)"), needs=_OF_A_CARD),
    Form("CARTE", re.compile(r"(?i)(?<!\w)(?:cb|carte|visa|mastercard|[x*•]{4})[^\w\n*•]{0,4}(?P<it>[*•x.]{1,8}[ -]?\d{4})(?!\d)"), needs=_OF_A_CARD),
    Form("CARTE", re.compile(r"(?i)\bexp(?:\.|ire|iration)?\b[ :]{0,3}(?:le |en |fin )?(?P<it>\d{2} ?[/-] ?\d{2,4})(?!\d)"), needs=_OF_A_CARD),
    Form("CARTE", re.compile(r"(?i)\b(?:crypto(?:gramme)?|cvv2?|cvc|code(?: pin| secret| c[’']?est)?)\b[ :=]{0,3}(?P<it>\d{3,4})(?!\d)"), needs=_OF_A_CARD),
    Form("NIR", re.compile(r"(?i)(?<![\w,.])[12][ .-]?\d{2}[ .-]?\d{2}(?:[ .-]?[x*•\d]{2,3}){3}(?:[ .-]?[x*•\d]{2})?(?!\w)"), _half_hidden, needs=FOUR_FIGURES),
    Form("NIR", re.compile(r"(?i)\bcl[ée]\b[ :n°]{0,5}(?P<it>\d{2})(?!\d)"), needs=Says(("sécu", "secu", "nir", "vitale", "guichet", "rib"))),
    Form("SIRET", re.compile(r"(?i)\b(?:siret|siren|r\.?c\.?s\.?|rne|r\.?m\.?|registre du commerce|répertoire des métiers)\b[^\d\n]{0,50}(?P<it>\d{3}(?:[ ./-]{0,3}\d{2,5}){2,5})(?!\d)"), lambda t: len(digits_of(t)) in {9, 14}, needs=SIX_FIGURES),
    Form("SIRET", re.compile(r"(?i)(?<![\d,.])(?P<it>\d{3} ?\d{3} ?\d{3})(?= (?:rcs|rm)\b)"), needs=SIX_FIGURES),
    Form("SIRET", re.compile(r"(?<![\d,.])\d{9}[ /]{1,3}\d{5}(?![\d,.])"), needs=SIX_FIGURES),
    Form("IMMATRICULATION", re.compile(rf"(?i)\b(?:{_VEHICLE})\b[^\d\n]{{0,25}}?(?<![a-z])(?P<it>[a-z]{{1,2}}[ .-]?[\d*]{{2,3}}[ .-]?[a-z]{{1,2}}|\d{{2,4}}[ -]?[a-z]{{2,3}}[ -]?(?:\d{{2,3}}|2[ab])|\d[ -][a-z]{{3}}[ -]\d{{3}})(?!\w)"), _is_plate, needs=_OF_A_VEHICLE),
    Form("IMMATRICULATION", re.compile(r"(?<!\w)[A-HJ-NP-TV-Z]{2}(?P<by>[.-])[\d*]{3}(?P=by)[A-HJ-NP-TV-Z]{2}(?!\w)"), _is_plate),
    Form("IMMATRICULATION", re.compile(r"(?<!\w)[A-HJ-NP-TV-Z] [A-HJ-NP-TV-Z] - (?:\d ){3}- [A-HJ-NP-TV-Z] [A-HJ-NP-TV-Z](?!\w)")),
    Form("IMMATRICULATION", re.compile(r"(?<!\w)(?:\d{3}[A-HJ-NP-TV-Z]{3}|\d{4}[A-HJ-NP-TV-Z]{2})(?:0[1-9]|[1-8]\d|9[0-5]|2[AB])(?!\w)"), needs=_OF_A_VEHICLE),
    Form("IMMATRICULATION", re.compile(r"\b(?:VF|WV|WB|WD|ZF|VS|TM|SB|JT|KN|UU)[A-HJ-NPR-Z0-9]{15}\b")),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b(?:{_PAPER})\b{_BETWEEN}(?:{_NUMBERED}{_BETWEEN})?(?P<it>{_CODE})"), lambda t: len(digits_of(t)) >= 5 and _is_number(t), needs=FOUR_FIGURES),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b(?:{_PAPER})\b{_BETWEEN}(?:{_NUMBERED}{_BETWEEN})?(?P<it>(?-i:(?=[A-Z]{{0,8}}\d)[A-Z0-9]{{9}}))(?!\w)"), needs=Says(("passeport", "passport", "identité", "cni", "titre de séjour", "carte", "visa", "récépissé", "permis", "agdref", "étranger", "sst", "caces", "habilitation", "livret", "vin"))),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b{_NUMBERED}[ :]{{0,2}}(?:(?:de|du|d[’']|la|le)[ ]?)?(?:{_OF_SOMEONE})\b(?:[ :=-]|[A-Z]{{2,8}}\b|\b(?:est|c[’']est)\b){{0,5}}(?P<it>{_CODE})"), _is_number, needs=FOUR_FIGURES),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b(?:{_OF_SOMEONE})\b(?:[ :=-]|\([^()\n]{{1,20}}\)){{0,3}}(?:{_NUMBERED}|:)[ :]{{0,3}}(?P<it>{_CODE})"), _is_number, needs=FOUR_FIGURES),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b(?:{_OF_SOMEONE})\b[ ]?(?P<it>#\d{{3,12}})(?!\w)"), needs=Says(("#",))),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b(?:ine|numen|rpps|adeli|spi|nda|caf|cpam|msa|cpf|mdph|rqth|agefiph|fiscal|eori|avis|matricule|badge|allocataire|adhérent|mutuelle|fidélité)\b[ :]{{1,3}}(?P<it>{_CODE})"), _is_long_number, needs=FOUR_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?i)\b(?:ine|allocataire|caf|identifiant|numéro|n°)\b[ :]{1,4}(?P<it>\d(?: \d){6,14}(?: ?[a-z]{1,2}\b)?)(?!\w)"), needs=SIX_FIGURES),
    Form("IDENTIFIANT", re.compile(r"(?i)\bdéclaration d[’']activité\b[^\d\n]{0,40}(?P<it>\d{2} ?\d{2} ?\d{5} ?\d{2})(?!\d)"), needs=SIX_FIGURES),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b(?:{_NETWORKS})\b(?: leboncoin| vinted)?{_GO_ON}(?P<it>@?[a-z](?=[a-z.-]{{0,28}}[\d_]|[a-z-]{{1,20}}\.[a-z])[a-z0-9_.-]{{2,39}}(?<![.-]))(?![\w@/])"), _is_handle, needs=_OF_A_NETWORK),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b(?:{_NETWORKS})\b[ ]?[:=→][ ]?(?P<it>(?-i:[a-z])[a-z0-9_.-]{{4,29}}(?<![.-]))(?![\w@/])"), _is_handle, needs=_OF_A_NETWORK),
    Form("IDENTIFIANT", re.compile(rf"(?i)\b(?:{_NETWORKS}|{_SPEAKS_OF_FOLLOWERS})\b[^@\n]{{0,20}}(?<![\w.])(?P<it>@[a-z0-9_.]{{3,40}}(?<![.]))(?![\w(])"), needs=_OF_AN_ACCOUNT_NAME),
    Form("IDENTIFIANT", re.compile(rf"(?i)(?<![\w.])(?P<it>@[a-z0-9_.]{{3,40}}(?<![.]))(?=[^@\n]{{0,25}}\b(?:{_SPEAKS_OF_FOLLOWERS})\b)"), needs=_OF_AN_ACCOUNT_NAME),
    Form("IDENTIFIANT", re.compile(r"\blive:[\w.-]{3,40}"), needs=Says(("live:",))),
    Form("COURRIEL", re.compile(r"(?<![\w.+-])[\w.+%-]{2,64}@(?:…|\.{2,3})[\w-]{2,40}\.[a-z]{2,10}\b"), needs=_OF_AN_ACCOUNT_NAME),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.])0[1-9](?:[ .-]?[\d*xX•]){4,7}(?: ?\.{2,4}|[*xX•]{1,4})"), lambda t: len(digits_of(t)) >= 6, needs=FOUR_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<=[\d\]]/)0[1-9](?:[ .-]?\d{2}){4}(?!\d)"), needs=SIX_FIGURES),
    Form("IP", re.compile(r"(?i)(?:\bip(?:v4)?\b[^\d\n]{0,15}|https?://)(?P<it>(?!127\.|192\.168\.|0\.)\d{1,3}(?:\[?\.\]?\d{1,3}){3})(?![\d.]*\d)"), needs=Says(("ip", "http"))),
)  # fmt: skip
