"""Sentences that speak of somebody's health, disability, religion or union: data that the law guards more closely.

Source: GDPR, article 9(1). Told by the dossier's own words, of which a list is kept here; a trade that speaks of
health all day (care, pharmacy) is recognised as well, which is why keeping such sentences at home is a choice and not
the rule."""

import re
from collections.abc import Iterable
from typing import Literal

from assistant.text import fold

SensitiveKind = Literal["health", "disability", "religion", "union"]
IN_FRENCH: dict[SensitiveKind, str] = {
    "health": "santé", "disability": "handicap", "religion": "religion", "union": "appartenance syndicale"
}  # fmt: skip
_WORDS: dict[SensitiveKind, str] = {
    "disability": r"handicape?e?s?|rqth|mdph|aah|cdaph|agefiph|invalidite|travailleu(?:r|se)s? handicapee?s?|fauteuil roulant|malvoyante?s?|malentendante?s?|"
    r"sourde?s?|aveugles?|autis(?:te|me)s?|autistique|asperger|dyslexi\w{1,5}|dysphasi\w{1,5}|dyspraxi\w{1,5}|dyscalculi\w{1,5}|troubles? dys|tdah?|"
    r"trisomi\w{1,4}|paraplegi\w{1,4}|tetraplegi\w{1,4}|prothese auditive|langue des signes|tiers[- ]temps",
    "health": r"maladies?|malade?s?|cancers?|tumeurs?|chimiotherapie|depressi(?:on|fs?|ve)s?|burn[- ]?out|arret(?:s)? (?:de travail|maladie)|accident du travail|"
    r"hospitali\w{2,9}|operee?s? d|diabet\w{1,5}|asthm\w{1,6}|epileps\w{1,3}|epilepti\w{1,4}|sclerose en plaques|fibromyalgie|endometriose|hernie discale|"
    r"lombalgie|tms|grossesse|enceinte|conge maternite|fausse couche|psychiatr\w{1,5}|psychologue|anxiet\w{1,4}|angoisse|phobie|alcool(?:ique|isme)|addiction|"
    r"toxicoman\w{1,3}|vih|seropositi\w{1,3}|covid[- ]long|traitement medical|antidepresseurs?|kinesitherapeute|suivi medical|etat de sante|problemes? de sante|"
    r"soucis? de sante|longue maladie|ald|mi[- ]temps therapeutique|inaptitude|inapte|sante mentale|allergi\w{1,5}|avc|infarctus|parkinson|alzheimer",
    "religion": r"musulmane?s?|islam|catholiques?|chretien(?:ne)?s?|protestante?s?|juifs?|juives?|judaisme|bouddhis\w{1,3}|evangeliste?s?|temoins? de jehovah|"
    r"mosquee|synagogue|eglise catholique|paroisse|ramadan|aid|messe|voile islamique|hijab|foulard islamique|foi (?:chretienne|catholique)|croyante?s?|"
    r"athee?s?|laicite|priere",
    "union": r"syndicat(?:s)?(?! de copropriete| d[’' ]initiative| mixte| intercommunal| des eaux| professionnel| national)|syndicale?s?|syndicaux|syndiquee?s?|cgt|cfdt|"
    r"cftc|cfe[- ]cgc|unsa|sud solidaires|delegue(?:e)? (?:syndical|du personnel)|greviste?s?|(?:faire|fait|etait|etais|etions|en) (?:la )?greve",
}
_PATTERNS = {kind: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") for kind, words in _WORDS.items()}


def sensitive_kinds(text: str) -> tuple[SensitiveKind, ...]:
    """What a sentence says of the guarded kinds, in a fixed order; empty for nearly all sentences."""
    folded = fold(text)
    return tuple(kind for kind, pattern in _PATTERNS.items() if pattern.search(folded))


def kept_home(texts: Iterable[str]) -> tuple[bool, ...]:
    """For each sentence, whether it speaks of a guarded kind."""
    return tuple(bool(sensitive_kinds(text)) for text in texts)
