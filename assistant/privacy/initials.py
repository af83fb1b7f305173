"""People of whom only initials are written, after a civility or a word that says who signed: "Mme P.", "validé par K. V."

"Mme X" and "M. Y" are nobody's."""

import re

from assistant.privacy.form import Form, Says


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CIVIL = r"(?:M\.|Mr\.?|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr\.?|Me|MM\.|Mmes)"
_SIGNED = r"(?:par|vu|lu|revu|validé|contrôlé|vérifié|paraphe|paraphé|initiales|visa|signé|signature|responsable|tuteur|tutrice|rédacteur|rédactrice|vérificateur|vérificatrice|animateur|animatrice|approbateur|résidente?|patiente?|usagère?|usager|bénéficiaire)"
_SIGNS = Says(
    (
        "visa",
        "paraph",
        "initiales",
        "validé",
        "vu ",
        "signé",
        "relu",
        "contrôlé",
        "saisi",
        "fait par",
        "rédigé",
        "vérifié",
    )
)
_OF_CARE = r"patiente?|résidente?|usagère?|usager|bénéficiaire|élève|enfant|stagiaire|locataire|collègue|apprentie?"
_AFTER = r"(?=$|[\s,;:)!?»/|.'’-])(?! ?[-–]? ?[A-ZÀ-Ý][a-zà-ÿ])"

_NOT_SOMEBODY = _words(
    """
    OK KO NC NA RAS RH DG DAF DRH QSE PDG IDE AS CE CSE MP PS NB BTS CAP BEP DUT BUT VAE CV PDF CR PV TP BAC OPCO GRETA CFA TVA HT TTC
    SA SAS RCS CA CDI CDD BT PC TV IA RIB BIC JPG PNG SMS MAIL NOM PJ DOE OS BC BL AR LR MO HS SAV BE MOA MOE AMO CT SPS GO
    """
)
_LABELS_IN_CAPITALS = _words(
    """
    ANNEXE PARTIE BLOC LOT ZONE POINT NIVEAU CLASSE GROUPE TYPE OPTION ESPACE PLAN INDICE VERSION SALLE HALL PORTE COULOIR CAS
    FICHE QUESTION EXERCICE SECTION CHAPITRE VITAMINE HEPATITE PERMIS VITRE ACTE PHASE ETAPE ÉTAPE SERIE SÉRIE MODULE FIGURE
    """
)


def _is_signed(text: str) -> bool:
    return text not in _NOT_SOMEBODY


def _is_named_so(text: str) -> bool:
    return text.split(" ")[0] not in _LABELS_IN_CAPITALS


INITIALS: tuple[Form, ...] = (
    Form("PERSONNE", re.compile(rf"(?<!\w){_CIVIL} (?P<it>(?>[A-WÀ-Ý](?:\.(?: ?-?[A-WÀ-Ý]\.)?|(?: ?-[A-WÀ-Ý])?))){_AFTER}"), needs=re.compile(rf"(?<!\w){_CIVIL} [A-WÀ-Ý](?!\w)")),
    Form("PERSONNE", re.compile(rf"(?<!\w)(?i:{_SIGNED}) ?:? ?(?P<it>(?>[A-WÀ-Ý]\. ?-?[A-WÀ-Ý]\.)){_AFTER}"), needs=re.compile(r"[A-WÀ-Ý]\. ?-?[A-WÀ-Ý]\.")),
    Form("PERSONNE", re.compile(rf"(?<!\w){_CIVIL} (?P<it>[A-WÀ-Ý](?:\*{{1,5}}|…|\.{{2,3}}|_{{1,5}}))"), needs=re.compile(r"[A-WÀ-Ý](?:\*|…|\.\.|_)")),
    Form("PERSONNE", re.compile(rf"(?i)\b(?:{_OF_CARE}) (?-i:(?P<it>[A-WÀ-Ý]\.))(?=,| (?-i:[a-zà-ÿ]))"), needs=re.compile(r" [A-WÀ-Ý]\.")),
    Form("PERSONNE", re.compile(r"(?<![\w.])(?>[A-WÀ-Ý]\. [A-WÀ-Ý]\.)(?! ?[-–]? ?[A-ZÀ-Ý][a-zà-ÿ])"), needs=re.compile(r"[A-WÀ-Ý]\. [A-WÀ-Ý]\.")),
    Form("PERSONNE", re.compile(r"(?i)\b(?:visa|paraphe|initiales|(?:validé|vu|signé|relu|contrôlé|saisi|fait|rédigé|vérifié)(?: par)?)\b ?:? ?(?-i:(?P<it>[A-Z]{2,3}|[A-Z]\.(?:[A-Z]\.){1,2}))(?![\w’'-])"), _is_signed, needs=_SIGNS),
    Form("PERSONNE", re.compile(r"(?<![\wÀ-Ý.-])(?<![A-ZÀ-Ý] )[A-ZÀ-Ý][A-ZÀ-Ý'’-]{2,20} [A-WÀ-Ý]\.(?=\s*[,;|/]| [a-zà-ÿ]|\s*$)"), _is_named_so, needs=re.compile(r"[A-ZÀ-Ý]{3} [A-WÀ-Ý]\.")),
)  # fmt: skip
