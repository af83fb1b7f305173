"""The neutrality gate: no drafted sentence may decide, weigh or praise.

A sentence is read clause by clause. What is judged (a criterion, the dossier, the candidate) and what is said of it are
told apart: a facture may be validated, a criterion may not; a stock may be insufficient, an analysis may not. Quotes from
the dossier are never checked: they are the candidate's words.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.text import fold

Kind = Literal["decision", "points", "merit", "opinion", "comparison", "person"]
QUOTE = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Offence:
    """Words that amount to a verdict, as they were written, and of what kind."""

    kind: Kind
    words: str


ASKED = (
    r"(?:criteres?|competences?|blocs?|attendus?|attentes?|capacites?|referentiel|epreuves?|certification|titre|diplome"
    r"|objectifs? (?:du critere|du referentiel|de la competence|pedagogiques?)|exigences?|niveau (?:attendu|requis|exige|demande)|cr ?\d[\d.]*|ce ?\d[\d.]+|c\d+)"
)
"""What the référentiel asks."""
WORK = (
    r"(?:dossiers?|memoire|analyses?|diagnostics?|demarches?|travail|travaux|reponses?|demonstrations?|argument(?:s|ation)?"
    r"|raisonnements?|justifications?|explications?|descriptions?|cartographies?|bilans?|presentations?|redaction|propos"
    r"|developpements?|etudes?|livrables?|partie|passage|page|section|paragraphe|preuves?|elements?|exemples?|illustrations?"
    r"|plan d'action|plan de deploiement|plan|projet|reflexion|recul|traitement|calculs?|choix|style|texte|oral|ensemble|comprehension)"
)
"""What the candidate hands in."""
WHO = r"(?:candidate?|auteure?|postulante?|stagiaire|apprenante?)"
OTHERS = (
    r"(?:clients?|clientes?|usagers?|patients?|salarie|gerante?|dirigeante?|responsable|equipe|fournisseurs?|prestataires?"
    r"|banque|commission|comite|direction|google|avis|enquete|questionnaire|sondage|editeur|legende|cliente|chef|assistante?"
    r"|commercial|vendeurs?|architecte|mairie|commune|conseil|assureur|expert|secretaire|patron|associes?)"
)
"""People and sources other than the jury: what they say of things is a fact about them."""
THINGS = (
    r"(?:stocks?|delais?|budget|tresorerie|effectifs?|reseau|debit|connexion|materiel|eclairage|marges?|rendement|logiciels?"
    r"|produits?|ventes?|taux|quantites?|outils?|service|mot de passe|photo|prix|fichier|formulaire|lettre|cout|bois|rapport entre"
    r"|commandes?|livraisons?|temperature|pression|facture|devis|contrat|nettoyage|recette|essai|tests?|agent|application"
    r"|site|machine|batterie|vehicule|peinture|sol|tva|chiffre d'affaires)"
)
"""What a dossier speaks of, and what may be weak or complete without anybody being judged."""

STRONG = (
    r"(?:insuffisante?s?|insuffisamment|satisfaisante?s?|excellente?s?|remarquables?|exemplaires?|brillante?s?|mediocres?"
    r"|impressionnante?s?|convaincante?s?|superficiel(?:le)?s?|lacunaires?|maladroite?s?|judicieu(?:x|se|ses)|abouti(?:e|s|es)?"
    r"|inabouti(?:e|s|es)?|approfondi(?:e|s|es)?|pertinente?s?|pertinence|perfectibles?|decevante?s?|ambitieu(?:x|se)|irreprochables?"
    r"|rigoureu(?:x|se|ses)|soigne(?:e|s|es)?|confus(?:e|es)?|incoherente?s?|coherente?s?|realistes?|habilement|brillamment"
    r"|suffisante?s?|suffisamment|adequate?s?|inadequate?s?|honorables?|prometteu(?:r|se)s?|fouille(?:e|s|es)?|etaye(?:e|s|es)?)"
)
"""Words of merit, whatever they are said of, unless of things or by others."""
MILD = (
    r"(?:bon(?:ne)?s?|mauvaise?s?|meilleure?s?|solides?|faibles?|claire?s?|riches?|complete?s?|complet|incomplet|incomplete?s?|fines?"
    r"|correcte?s?|vagues?|courte?s?|inegale?s?|parfaite?s?|fort(?:e|es)?|credibles?|conformes?|qualite|precis(?:e|es)?|nette?s?|maigres?"
    r"|utiles?|interessante?s?|originale?s?|limite(?:e|s|es)?|legere?s?|trop|peu [a-z]+(?:ee?s?|ante?s?|ifs?)|bien [a-z]+(?:ee?s?|ite?s?|ise?s?|te?s?|ues?))"
)
"""Words of merit when said of the work or the candidate."""

RULES: tuple[tuple[Kind, str], ...] = (
    # What the référentiel asks, held for met or not met.
    ("decision", rf"\b{ASKED}\b.{{0,60}}\b(?:acquis(?:e|es)?|valid(?:e|es|ee|ees|er|able|ation)|rempli(?:e|s|es)?|satisfait(?:e|s|es)?"
                 r"|atteinte?s?|respectee?s?|maitrisee?s?|couverte?s?|depassee?s?|en voie d'acquisition)\b"),
    ("decision", rf"\b(?:valid(?:e|ent|er|ation|ant)|rempli(?:t|r|ssent|ssant)|satisf(?:ait|aire|ont)|attein(?:t|dre|ent)|maitris(?:e|er|ent)"
                 r"|repond(?:re|ent|ant)?|correspond(?:re|ent)?|conformes?|depass(?:e|er|ent)|la hauteur|en deca|pret(?:e)?|suffi(?:t|re|sent))\b"
                 rf"[^.;]{{0,50}}\b{ASKED}\b"),
    ("decision", r"\bnon[- ]acquis(?:e|es)?\b|\ben (?:cours|voie) d'acquisition\b(?! (?:de|d'|du|des)\b)"),
    ("decision", r"\b(?:comme|pour|paraiss?e?n?t|parait|semblent?|jugee?s?|estimee?s?) (?:deja |totalement |pleinement )?acquis(?:e|es)?\b"),
    ("decision", r"\b(?:est|sont|n'est pas|ne sont pas|pas|encore|partiellement|totalement|pleinement) acquis(?:e|es)?\b"
                 r"(?! (?:a|au|aux|en|par|pour|chez|aupres|lors|depuis|le|la|les|un|une|des)\b)"),
    ("decision", rf"\b(?:ce|cet|cette|ces) (?:point|critere|competence|bloc|item|attendu|partie)s?\b.{{0,25}}\b(?:est|sont|peut|semble|parait)\b"
                 r".{0,25}\b(?:acquis|valid|rempli|satisf|maitris|reussi|bon|atteint)"),
    ("decision", r"^(?:critere |competence |bloc )?(?:partiellement |totalement |pleinement )?"
                 r"(?:acquis(?:e)?|non valide|validee?|insuffisant(?:e)?|satisfaisant(?:e)?|maitrisee?|reussie?|conforme|a revoir|bien|tres bien"
                 r"|assez bien|passable|oui|non)\W*$"),
    ("decision", r"\b(?:a|doi(?:t|vent) etre|merit(?:e|ent|ait|erait)(?: d'etre)?|gagnerai(?:t|ent) a etre|reste a|pourrait etre)"
                 r" (?:revoir|revue?s?|ameliore(?:r|e|s|es)?|approfondi(?:r|e|es|s)?|retravaille(?:r|e|s|es)?|consolide(?:r|e|s)?"
                 r"|reprendre|preciser davantage|renforce(?:r|e|s|es)?)\b"),
    ("decision", rf"\b(?:{WHO}|il|elle)\b[^.;]{{0,25}}\b(?:echou(?:e|er|ent)|reussi(?:t|r|ssent)?|recu(?:e)? a|admis(?:e)?|admissible|ajourne(?:e)?"
                 r"|recale(?:e)?|certifie(?:e)?|certifiable|refuse(?:e)? a|diplome(?:e)?)\b"),
    ("decision", rf"\b(?:certifier|ajourner|recaler|admettre|diplomer|refuser)\b[^.;]{{0,25}}\b(?:{WHO})\b|\bpermet pas de certifier\b"),
    ("decision", r"\b(?:certification|titre|diplome)\b.{0,25}\b(?:delivre|accorde|refuse|obtenu|merite|attribue)"),
    ("decision", r"\b(?:digne|merit(?:e|er|ent|erait)|pret(?:e)? pour|recommand\w+|propos\w+|favorable a)\b.{0,30}\b(?:certification|admission|validation|diplome)\b"),
    ("decision", r"\bvalidation\b.{0,30}\b(?:proposee|possible|envisageable|recommandee|refusee)\b|\bl'admission\b"),
    ("decision", r"\bpeut mieux faire\b|\blaiss\w+ a desirer\b|\bne suffi(?:t|sent) pas\b|\bsuffi(?:t|sent|sant|sante)\b.{0,20}\bpour (?:ce|le|valider|convaincre|repondre)\b"),
    ("decision", r"\bpreuves?\b.{0,25}\bsuffi(?:sent|t|santes?)\b"),
    ("decision", rf"\b{WORK}\b.{{0,30}}\b(?:hauteur|deca|dessous|dessus|niveau) (?:de |des |du |d')"),
    # Points, notes, scales.
    ("points", r"\b(?:merit\w+|obt(?:ient|enir|iendrait)|vau(?:t|drait)|attribu\w+|accord\w+|donn\w+|mettre|met|propos\w+|retir\w+|enlev\w+)\b"
               r".{0,30}\b(?:points?\b(?! (?:de|d'|par))|pts?\b|note\b(?! (?:de service|de frais|d'information|interne))|moyenne\b|mention\b(?! «| d'| rgpd| legale))"),
    ("points", r"\b\d+(?:[.,]\d+)? ?(?:points?|pts?) (?:sur|/) ?\d|\b(?:points?|pts?) ?: ?\d"),
    ("points", r"\bnote (?:proposee|attribuee|finale|globale|maximale|minimale|obtenue|suggeree|estimee)\b|\b(?:bonne|mauvaise|belle) note\b"),
    ("points", r"\b(?:note|score|evaluation|resultat|total|bareme|appreciation)(?: (?:globale?|proposee?|finale?|estimee?))? ?: ?"
               r"(?:\d|positi|negati|favorabl|bon|bien|moyen|satisf|insuff|a(?:cquis)?\b)"),
    ("points", r"(?<![\d/])\d{1,2}(?:[.,]\d)? ?/ ?(?:20|10|5|4|3|100)\b(?!/)"),
    ("points", r"\b\d{1,2}(?:[.,]\d)? sur 20\b|\bmention (?:bien|tres bien|assez bien|passable)\b|\bappreciation (?:globale|generale)\b"),
    ("points", r"\bla (?:totalite|moitie) des points\b|\btous les points\b(?! (?:de|d'))|\bbareme\b.{0,20}\b(?:points?|note)\b"),
    # Opinions of a jury.
    ("opinion", rf"\bavis (?:tres |plutot )?(?:favorable|defavorable|reserve|positif|negatif)\b"),
    ("opinion", r"\b(?:nous|je|on) (?:recommand|propos|conseill|estim|jug|consider|pens|trouv|regrett|appreci|salu)\w*|\b(?:on peut|peut-on) considerer\b"),
    ("opinion", r"\bmalheureusement\b|\bheureusement\b|\bdommage\b|\bbravo\b|\bfelicitations?\b|\bon (?:sent|voit bien|devine)\b|\bfavorablement\b"),
    ("opinion", rf"\b(?:{WHO}|il|elle|dossier)\b[^.;]{{0,15}}\b(?:aurait (?:du|pu)|devrait|gagnerait a)\b|\bil (?:fallait|aurait fallu|convenait de|faudrait)\b"),
    ("opinion", rf"\bpoints? (?:fort|faible)s?\b|\b(?:forces?|faiblesses?|lacunes?|qualites|atouts?|limites) (?:du|de la|des|de cette|de ce) (?:{WHO}|dossier|candidature)"),
    # Comparison with other candidates.
    ("comparison", rf"\b(?:autres?|plupart des|moyenne des|parmi les|que les|de la) (?:{WHO}s?|dossiers?|session|promotion|candidatures?)\b"
                   r"(?=.{0,60}\b(?:plus|moins|meilleure?s?|mieux|complet|chiffre|niveau)\b|.*)"),
    ("comparison", r"\b(?:moyenne|niveau|reste|ensemble) (?:de|des|du) (?:la |celui de la |celui des )?(?:session|promotion|promo|candidats|dossiers|groupe)\b"),
    ("comparison", r"\b(?:meilleurs?|meilleures?) (?:dossiers?|candidats?|candidates?|travaux)\b|\bse distingue\b.{0,30}\b(?:autres?|dossiers?|nettement)\b"),
    ("comparison", r"\b(?:au-dessus|en dessous|au-dessous) de (?:la moyenne\b(?! du secteur| nationale| de la branche)|celui de)"),
    # The person, sincerity, who wrote.
    ("person", rf"\b{WHO}s?\b[^.;]{{0,30}}\b(?:serieu(?:x|se)|motivee?|sincere|honnete|malhonnete|passionnee?|autonome|autonomie|brouillonn?e?"
               r"|paresseu(?:x|se)|bonne foi|mauvaise foi|intelligente?|rigueur|volontaire|a l'aise|depassee?|curieu(?:x|se)|competente?|incompetente?"
               r"|brillante?|impliquee?|investie?|fragile|doute|mature|immature|talent\w*|doue(?:e)?|habile|ment|mentir|triche)\b"),
    ("person", r"\bsincerite\b|\bplagi\w+|\btrich\w+|\bmensong\w+|\bbonne foi\b|\bmauvaise foi\b|\bfait preuve\b|\bfaire preuve\b|\bpassionnee?\b.{0,15}\bcandidat"),
    ("person", r"\b(?:dossier|passage|paragraphe|memoire|redaction|style|partie|section|ce texte|le texte (?!de|du|d'))\b.{0,45}"
               r"\b(?:gener|redig|ecrit|produit|issu)\w*\b.{0,25}\b(?:ia|intelligence artificielle|chatgpt|robot|machine|modele de langage)\b"),
    ("person", r"\bsent l'(?:ia|intelligence)|\b(?:style|ton|texte)\b.{0,20}\b(?:artificiel|robotique|impersonnel|stereotype)\b"
               r"|\b(?:pas|sans doute pas|jamais) (?:ecrit|redige) (?:lui|elle)-meme\b"),
    ("person", rf"\b(?:{WHO})\b[^.;]{{0,20}}\b(?:sait|saurait|ne sait|maitris\w+|est (?:parfaitement |tout a fait )?(?:capable|apte|a meme|en mesure)"
               r"|demontr\w+|prouv\w+|manqu\w+ d|se contente|n'a pas (?:compris|su|saisi)|a (?:bien |mal |parfaitement )?(?:compris|saisi|assimile)"
               r"|s'appuie (?:habilement|bien|mal)|temoign\w+ d|a le niveau|n'a pas le niveau)\b"),
    ("merit", r"\bmaitrise (?:des outils|du sujet|de l'outil|des concepts|des notions|parfaite|insuffisante|partielle|solide)|\b(?:bonne|tres bonne|parfaite|reelle|faible) maitrise\b"),
    ("merit", rf"\bniveau (?:expert|debutant|avance|intermediaire|requis|faible|eleve|insuffisant|moyen)\b|\bn'a pas le niveau\b"),
    ("merit", rf"\b{WORK}\b[^.;]{{0,30}}\bmanqu\w+ (?:de |d')(?:profondeur|precision|rigueur|recul|clarte|coherence|structure|densite|concret|methode)"),
    ("merit", r"\bmanqu\w+ de (?:profondeur|rigueur|recul|clarte)\b|\bse contente de\b"),
    ("merit", rf"\b(?:tres |assez |plutot |peu |particulierement )?(?:bon(?:ne)?s?|beau|belle|mauvaise?s?|excellente?s?|solide|riche|fine|meilleure?s?) {WORK}\b(?! (?:de commande|d'achat|de livraison|de sortie))"),
    ("merit", rf"\b{WORK}\b[^.;,]{{0,45}}\b(?:est|sont|parait|semble|reste|restent|demeure|s'avere|est jugee?|n'est pas|ne sont pas|a ete|:)\b[^.;]{{0,18}}\b{MILD}\b"),
    ("merit", rf"\b{WORK} (?:tres |assez |plutot |peu |trop )?(?:claire?s?|riches?|solides?|faibles?|complete?s?|complet|incomplet|confuse?s?|fine|court|courte|vague|bien \w+|mal \w+|de (?:bonne|grande|mauvaise) qualite)\b"),
    ("merit", rf"\bqualite (?:du|de la|de l'|des) {WORK}\b|\btres (?:bien|bon(?:ne)?)\b|\btrop (?:vague|superficiel|general|succinct|court)\w*\b"),
    ("merit", r"\bdepasse(?:nt)? (?:les )?attentes\b|\bparfaitement\b|\bbien (?:menee?|structuree?|argumentee?|justifiee?|fait|faite|compris|traitee?|construite?|documentee?|decrite?|expliquee?)\b"),
)
WORDS_OF_MERIT = re.compile(rf"\b{STRONG}\b")
SPARED = re.compile(
    rf"\b(?:{OTHERS}|{THINGS})\b(?![^.;]*\b(?:{ASKED})\b)|\btaux de satisfaction\b|\bselon\b|\bindique\b|\brapporte\b|\bannonce\b"
)
"""Clauses about things, or in which someone else speaks: words of merit are facts there."""
SPARED_POINTS = re.compile(
    rf"\b(?:{OTHERS})\b|\bsatisfaction\b|\bnps\b|\betoiles?\b|\bfidelite\b|\btransformation\b|\bpoints? de plus\b|\bremise\b|\bdes devis\b|\bdevis\b|\bde vente\b"
)
GIVEN_BY_OTHERS = re.compile(rf"\b(?!avis\b){OTHERS}\b")


@cache
def _compiled() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in RULES)


def offences(text: str) -> tuple[Offence, ...]:
    """What in a drafted text amounts to a verdict; empty when it is neutral. Words in quotation marks are not checked."""
    plain = _plain(QUOTE.sub(" « » ", text))
    found = [Offence(kind, match.group()) for kind, pattern in _compiled() for match in _matches(pattern, plain, kind)]
    for match in WORDS_OF_MERIT.finditer(plain):
        clause = _clause(plain, match.start())
        if not SPARED.search(clause):
            found.append(Offence("merit", match.group()))
    return tuple(found)


def is_neutral(text: str) -> bool:
    """Whether a drafted text may be shown."""
    return not offences(text)


def _matches(pattern: re.Pattern[str], plain: str, kind: Kind) -> list[re.Match[str]]:
    kept = []
    for match in pattern.finditer(plain):
        clause = _clause(plain, match.start())
        if kind == "points" and SPARED_POINTS.search(clause) and not re.search(rf"\b{ASKED}\b", clause):
            continue
        if match.group().startswith("avis") and GIVEN_BY_OTHERS.search(clause):
            continue
        kept.append(match)
    return kept


def _clause(plain: str, place: int) -> str:
    start = max(plain.rfind(mark, 0, place) for mark in ".;") + 1
    ends = [end for mark in ".;" if (end := plain.find(mark, place)) >= 0]
    return plain[start : min(ends, default=len(plain))]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text).replace("’", "'").replace("\u00a0", " ")).strip()
