"""People of whom only initials are written, after a civility or a word that says who signed: "Mme P.", "validé par K. V."

"Mme X" and "M. Y" are nobody's."""

import re

from assistant.privacy.form import Form

_CIVIL = r"(?:M\.|Mr\.?|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr\.?|Me|MM\.|Mmes)"
_SIGNED = r"(?:par|visa|signé|signature|responsable|tuteur|tutrice|rédacteur|rédactrice|vérificateur|vérificatrice|animateur|animatrice|approbateur|résidente?|patiente?|usagère?|usager|bénéficiaire)"
_AFTER = r"(?=$|[\s,;:)!?»/|.'’-])(?! ?[-–]? ?[A-ZÀ-Ý][a-zà-ÿ])"

INITIALS: tuple[Form, ...] = (
    Form("PERSONNE", re.compile(rf"(?<!\w){_CIVIL} (?P<it>[A-WÀ-Ý](?:\.(?: ?-?[A-WÀ-Ý]\.)?|(?: ?-[A-WÀ-Ý])?)){_AFTER}"), needs=re.compile(rf"(?<!\w){_CIVIL} [A-WÀ-Ý](?!\w)")),
    Form("PERSONNE", re.compile(rf"(?<!\w)(?i:{_SIGNED}) ?:? ?(?P<it>[A-WÀ-Ý]\. ?-?[A-WÀ-Ý]\.){_AFTER}"), needs=re.compile(r"[A-WÀ-Ý]\. ?-?[A-WÀ-Ý]\.")),
)  # fmt: skip
