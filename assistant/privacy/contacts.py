"""Ways of reaching somebody that are written otherwise than usual: addresses of mail and numbers of telephone spelled out,
parted oddly or half hidden, and pages of one's own on the web."""

import re

from assistant.privacy.form import SIX_FIGURES, Form, Says, digits_of
from assistant.privacy.words import let_through
from assistant.text import fold

_MAILS = r"gmail|orange|laposte|free|sfr|hotmail|outlook|yahoo|wanadoo|icloud|live|bbox|neuf|proton(?:mail)?|gmx|msn"
_HAS_AT = Says(("@",))
_SAYS_AT = Says(("arobas", "arrobas", " chez ", "(chez)", "<at>", "_at_"))
_SAYS_ZERO = Says(("zéro", "zero"))
_HIDDEN_FIGURES = re.compile(r"\d[ .-]?(?:XX|xx|\*\*)")
_IN_LETTERS = (
    r"z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|"
    r"cinquante|soixante|et|cents?"
)
_HAS_PATH = Says(
    (
        ".com",
        ".fr",
        ".app",
        ".co",
        ".me",
        ".site",
        ".io",
        ".dev",
        ".link",
        ".gg",
        ".be",
        ".ly",
        ".nz",
        ".org",
        ".net",
        ".google",
    )
)
_PAGES = (
    r"youtu\.be|youtube\.com/(?:watch|shorts|playlist|live)|vimeo\.com|dailymotion\.com|sites\.google\.com|about\.me|discord\.gg|discord\.com/invite|"
    r"strava\.com/athletes|500px\.com|open\.spotify\.com|superprof\.fr|leboncoin\.fr/(?:ad|vi|u)|padlet\.com|flickr\.com|view\.genial(?:\.ly|ly\.com)|"
    r"maps\.google\.[a-z]{2,3}|google\.[a-z]{2,3}/maps|[a-z0-9-]{1,20}\.page\.link|prezi\.com|trello\.com/[bc]|figma\.com/(?:file|design|proto)|"
    r"miro\.com/app|slideshare\.net|issuu\.com|calameo\.com|deviantart\.com|artstation\.com|codepen\.io|stackoverflow\.com/users|researchgate\.net/profile|"
    r"orcid\.org|[a-z0-9-]{1,20}\.academia\.edu|meetup\.com/members|helloasso\.com/associations|ulule\.com|leetchi\.com|paypal\.me|patreon\.com|ko-fi\.com|"
    r"tipeee\.com|reddit\.com/u(?:ser)?|planity\.com|treatwell\.fr|g\.page|wetransfer\.com/downloads|[a-z0-9-]{1,40}\.sharepoint\.com|mega\.nz|"
    r"swisstransfer\.com/d|framaforms\.org|loom\.com/share|messenger\.com/t|m\.me|instagr\.am|lnkd\.in|indeed\.com/(?:r|p)|hellowork\.com|doyoubuzz\.com|"
    r"societe\.com/societe|pappers\.fr/entreprise|infogreffe\.fr/entreprise|annuaire-entreprises\.data\.gouv\.fr/entreprise|kompass\.com/c"
)
_HOUSED = (
    r"wixsite\.com|wordpress\.com|blogspot\.[a-z]{2,3}|tumblr\.com|over-blog\.com|canalblog\.com|jimdo(?:free|site)?\.com|webador\.fr|e-monsite\.com|"
    r"netlify\.app|vercel\.app|carrd\.co|weebly\.com|webnode\.[a-z]{2,3}|site123\.me|myportfolio\.com|free\.fr|pages\.dev|herokuapp\.com|onrender\.com|"
    r"streamlit\.app|notion\.site|substack\.com|eklablog\.com|skyrock\.com|square\.site|myshopify\.com|bandcamp\.com|systeme\.io|gitlab\.io|github\.io|"
    r"sumupstore\.com|webflow\.io|framer\.website|odoo\.com|business\.site|wordpress\.fr|editorx\.io"
)
_PUBLIC = frozenset(
    [
        "service-public", "legifrance", "gouv", "wikipedia", "ameli", "insee", "europa", "francecompetences",
        "francetravail", "pole-emploi", "onisep", "cnil", "urssaf", "caf", "cpam", "has-sante", "inrs", "anact",
        "afnor", "iso", "ademe", "bpifrance", "impots", "economie", "education", "travail-emploi", "data-gouv",
        "moncompteformation", "vae", "has", "oppbtp", "preventionbtp", "officiel-prevention", "ants", "cci", "cma",
        "afpa", "greta", "cned", "w3", "mozilla", "python", "example", "exemple", "legrandlivre", "dares", "cereq",
        "centre-inffo", "qualiopi", "ratp", "sncf", "laposte", "chronopost", "colissimo", "banque-france", "oecd",
        "who", "who-int", "unesco", "ilo", "un", "persee", "cairn", "hal", "openclassrooms", "coursera", "udemy",
        "khanacademy", "larousse", "lerobert", "cnrtl",
    ]
)  # fmt: skip
"""Sites of institutions and of reference, which tell of nobody."""


def _is_own_site(text: str) -> bool:
    """A site whose name is neither an institution's nor a well-known brand's: a firm's or a person's own."""
    host = re.sub(r"(?i)^(?:https?://)?(?:www\d?\.)?", "", text)
    host = re.split(r"[/?#:]", host)[0].lower()
    labels = host.split(".")
    if len(labels) < 2 or "gouv" in labels or "localhost" in labels or re.fullmatch(r"[\d.]+", host):
        return False
    return not any(label in _PUBLIC or fold(label) in let_through() for label in labels[:-1])


def _is_oddly_parted(text: str) -> bool:
    """ "06.4812.7790": ten figures in uneven groups, none of them a year's."""
    groups = re.findall(r"\d+", text)
    return (
        any(len(group) in {3, 4} for group in groups)
        and all(2 <= len(group) <= 4 for group in groups)
        and not any(re.fullmatch(r"(?:19|20)\d{2}", group) for group in groups)
    )


def _is_unevenly_parted(text: str) -> bool:
    """ "06-48.12 77 90": pairs, with more than one sign between them, and no date ("05/06/20 24 10")."""
    return len(set(re.findall(r"[^\d]+", text))) > 1 and re.match(r"0[67]|0[1-5][ .]", text) is not None


def _is_spelled_number(text: str) -> bool:
    return len(re.findall(r"[\wÀ-ÿ]+", text)) >= 5


CONTACTS: tuple[Form, ...] = (
    Form("COURRIEL", re.compile(r"(?i)(?<![\w.+-])[\w.+-]{2,64} ?[<\[({]@[>\])}] ?[\w-]{2,63}(?:\.[\w-]{2,24}){1,3}"), needs=_HAS_AT),
    Form("COURRIEL", re.compile(rf"(?i)(?<![\w.+-])[\w.+-]{{2,64}}@(?:[\w-]{{2,63}},(?:fr|com|net|org|eu)|(?:{_MAILS}))\b(?![\w.@-]*\()"), needs=_HAS_AT),
    Form("COURRIEL", re.compile(r"(?i)(?<![\w.+-])[\w.+-]{2,64} ?@ ?[\w-]{2,63} (?:point|dot) [a-z]{2,6}\b"), needs=_HAS_AT),
    Form("COURRIEL", re.compile(rf"(?i)(?<![\w.+-])[\w.+-]{{1,64}}(?: ?[<\[({{]? ?(?:arr?obase?) ?[>\])}}]? ?|_(?:at|arr?obase?)_)(?:(?:[\w-]{{2,40}}(?:\.| ?point ?)[a-z]{{2,6}})|{_MAILS})\b"), needs=_SAYS_AT),
    Form("COURRIEL", re.compile(r"(?i)(?<![\w.+-])[\w.+-]{2,64} ?<at> ?[\w-]{2,63}(?:\.[\w-]{2,24}){1,3}"), needs=_SAYS_AT),
    Form("COURRIEL", re.compile(r"(?i)(?<![\w.+-])[a-z0-9._-]{2,40} \(?chez\)? [a-z0-9-]{2,40}\.(?:fr|com|net|org|eu|bzh)\b"), needs=_SAYS_AT),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.])0[1-9](?P<by> {2}|_|·|,|/)\d{2}(?:(?P=by)\d{2}){3}(?!\d)"), needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.])(?:0[1-9](?P<by>['’—–])\d{2}(?:(?P=by)\d{2}){3}|\(0\) ?[1-9](?:[ .-]?\d{2}){4})(?!\d)"), needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w,.])0(?: \d){9}(?! ?\d)"), needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.])0[1-9](?:[ .\-/]{0,3}\d){8}(?![\w,]|[ .-]\d)"), _is_oddly_parted, needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.])(?:\+33 ?|0)[1-9](?:[ .-]?(?:\d{2}|XX|xx|\*\*)){4}(?!\w)"), lambda t: len(digits_of(t)) >= 4 and re.search(r"[xX*]", t) is not None, needs=_HIDDEN_FIGURES),
    Form("TÉLÉPHONE", re.compile(rf"(?i)\bz[ée]ro[ ,-]{{1,2}}(?:(?:{_IN_LETTERS})(?:[ ,-]{{1,2}}|\b)){{4,20}}"), _is_spelled_number, needs=_SAYS_ZERO),
    Form("TÉLÉPHONE", re.compile(r"(?i)(?<![\w/,.])(?:tél|tel|port|mob|fax)\.? ?:?(?P<it>0[1-9](?:[ .\-/]?\d{2}){4})(?!\d)"), needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.])0[1-9](?:[ .\-/—–]{1,3}\d{2}){4}(?![\d,]|[ .-]\d)"), _is_unevenly_parted, needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.])(?:00 ?|\+)(?:32|41|352|49|39|34|351|44|212|213|216|221|225|237|1)[ .(/-]{0,2}(?:0\))?(?:[ ./-]?\d){7,11}(?!\d)"), needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.])0[1-9]\d{0,2} ?/ ?\d{2,3}(?:[ .]\d{2,3}){2}(?!\d)"), lambda t: len(digits_of(t)) in {9, 10}, needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.-])(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}(?![\w-])"), needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?<![\w/,.+])33[67]\d{8}(?!\d)"), needs=SIX_FIGURES),
    Form("TÉLÉPHONE", re.compile(r"(?i)\b(?:poste|tél(?:éphone)? interne|ligne directe|numéro interne|n° interne)[ :]{1,3}(?P<it>\d{3,5})(?![\d,.]\d|\d| ?[€%h])"), needs=Says(("poste ", "interne", "ligne directe"))),
    Form("IP", re.compile(r"(?<![\w.])\d{1,3}(?:\[\.\]\d{1,3}){3}(?![\w.])"), needs=Says(("[.]",))),
    Form("IP", re.compile(r"(?i)\b(?:ip|adresse ip)\b[^\d\n]{0,15}(?P<it>\d{1,3}(?:[ .-]{1,2}\d{1,3}){3})(?![\d.])"), needs=Says(("ip",))),
    Form("IP", re.compile(r"(?i)\b(?:mac|adresse mac|physique)\b[^\w\n]{0,4}(?P<it>[0-9a-f]{2}(?:[ :.-]?[0-9a-f]{2}){5})(?!\w)"), needs=Says(("mac", "physique"))),
    Form("LIEN", re.compile(rf"(?i)\b(?:https?://)?(?:www\.)?(?:{_PAGES})[/?][^\s,;<>()«»\"]{{1,200}}"), needs=_HAS_PATH),
    Form("LIEN", re.compile(rf"(?i)(?<![\w.@-])(?:https?://)?(?:www\.)?[a-z0-9-]{{2,40}}\.(?:{_HOUSED})(?:/[^\s,;<>()«»\"]{{0,200}})?"), lambda t: not re.match(r"(?i)(?:https?://)?(?:www|fr|en)\.", t) or t.count(".") > 2, needs=_HAS_PATH),
    Form("LIEN", re.compile(r"(?i)(?<![\w.@-])(?:https?://|www\.)[a-z0-9-]{2,60}(?:\.[a-z0-9-]{2,60}){1,3}(?::\d{2,5})?(?:/[^\s,;<>()«»\"]{0,200})?"), _is_own_site, needs=Says(("http", "www."))),
)  # fmt: skip
