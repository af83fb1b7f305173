"""The grammar around a name: runs of capitals with what stands before and after, and the signs that a reader sees there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lexicon.french import (
    family_names,
    first_names,
    given_and_family_without_accents,
    is_french_in_capitals,
    is_french_word,
    proper_nouns,
)
from assistant.privacy.tokens import Token, folded
from assistant.privacy.words import (
    ACTS,
    ARTICLES,
    CASES,
    GIVEN_AS_A_NAME,
    HAS_SAID,
    MADE_BY,
    MEETS,
    NO_NICKNAMES,
    NOBODY_AFTER_A_CIVILITY,
    NOBODY_HERE,
    PARTICLES,
    PRESENT,
    SAID_OF_A_PERSON,
    SAYS_OF_A_PERSON,
    WITH_ONE,
    folded_relations,
)

_OF_PLACES = frozenset(
    ["de", "du", "des", "d’", "et", "en", "sur", "sous", "lès", "les", "la", "le", "saint", "sainte"]
)
"""Parts of compound names that only places have: "Hauts-de-France", "Seine-Saint-Denis"."""
_SEVERAL = frozenset(["les"])
SHORTEST_NAME = 2
LABEL = 3
"""Words of a label: "Nom du client :"."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring capitalised words of one sentence, with what stands before and after."""

    tokens: tuple[Token, ...]
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    text: int
    initial: bool
    capitals: bool
    """The whole sentence is in capitals: a heading."""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens)

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(folded(word) for word in self.words)


def is_first(word: str) -> bool:
    lower = word.lower()
    known = given_and_family_without_accents()[0] if word.isupper() and word.isascii() else first_names()
    if lower in known or "-" not in lower:
        return lower in known
    parts = lower.split("-")
    of_a_place = not _OF_PLACES.isdisjoint(parts) or lower in proper_nouns()
    return not of_a_place and any(part in known for part in parts if len(part) > 2)


def is_family(word: str) -> bool:
    known = given_and_family_without_accents()[1] if word.isupper() and word.isascii() else family_names()
    return word.lower() in known


def only_a_word(word: str) -> bool:
    """A common word that is neither a first name nor a frequent family name: "Avec", "Notre", "Client"."""
    return is_common(word) and not is_first(word) and not is_family(word)


def is_common(word: str) -> bool:
    return is_french_in_capitals(word) if word.isupper() else is_french_word(word)


def are_things(article: str, noun: str) -> bool:
    """ "les montres Pierre Lannier": several things of one name are of its make."""
    return (
        article.lower() in {"les", "des", "ces", "nos", "leurs"}
        and noun[0].islower()
        and noun[-1] in "sx"
        and folded(noun) not in folded_relations()
        and folded(noun).rstrip("sx") not in folded_relations() | {"epou", "monsieur", "famille"}
    )


def is_household(run: Run) -> bool:
    """ "chez les Pommier", "les Pommier avaient payé": several people of one name, which takes no plural."""
    word = run.words[-1]
    if len(run.words) > 1 or word.isupper() or word[-1] in "sxz" or not stands_after(run, _SEVERAL):
        return False
    at_theirs = len(run.before) > 1 and folded(run.before[-2].text) == "chez"
    act = run.after[0].text if run.after and not (run.tokens[-1].comma or run.tokens[-1].ends) else ""
    return at_theirs or (act.islower() and act.endswith(("aient", "ont")))


def stands_after(run: Run, small: frozenset[str]) -> bool:
    return bool(run.before) and not run.before[-1].ends and run.before[-1].text.lower() in small


def labelled(run: Run) -> bool:
    """Whether a label with its colon says that this is a name: "Nom : Blanc", not "le nom et « OK »"."""
    before = run.before
    if before and folded(before[-1].text) in PARTICLES and before[-1].text[0].isupper():
        before = before[:-1]
    if not before or not before[-1].labels:
        return False
    return any(folded(token.text) in GIVEN_AS_A_NAME for token in before[-LABEL:])


def invented(run: Run) -> bool:
    """Whether the words around say that nobody is meant: "notre persona Sophie". Who is real is named elsewhere too."""
    return any(folded(token.text) in NOBODY_HERE for token in (*run.before, *run.after))


def acts(last: Token, following: Sequence[Token]) -> bool:
    """Whether a verb whose subject it is follows the word `last` at once, or another subject: "Pierre a préparé", "Rose
    s’est portée", "Olive et Ambre ont"."""
    if not following or last.comma or last.ends:
        return False
    after = [token.text for token in following]
    elided = following[0].start - last.end > len(" ")
    if after[0] in ACTS or (elided and after[0] in {"est", "était"}):
        return True
    return (
        after[0] == "et"
        and len(after) > 1
        and (after[1] in WITH_ONE or (after[1][0].isupper() and after[2:3] == ["ont"]))
    )


def beside_a_first_name(before: Sequence[Token], last: Token, following: Sequence[Token]) -> bool:
    """Whether a comma or "et" ties this name to one that is a first name and nothing else: "Angélique, Manon et Rose"."""
    if before and before[-1].text == "et" and len(before) > 1:
        return _certainly_first(before[-2].text)
    if before and before[-1].comma and _certainly_first(before[-1].text):
        return True
    if last.comma and following:
        return _certainly_first(following[0].text)
    return len(following) > 1 and following[0].text == "et" and not last.ends and _certainly_first(following[1].text)


def _certainly_first(word: str) -> bool:
    return word[0].isupper() and is_first(word) and not is_common(word) and word.lower() not in proper_nouns()


def case_of(run: Run) -> bool:
    """Whether a case of the trade stands before, which goes by its client's name: "le chantier Belkacem"."""
    last = run.before[-1] if run.before else None
    return last is not None and not last.comma and folded(last.text) in CASES


def made_by(run: Run) -> bool:
    """ "Validé par Roucheton"."""
    before = [folded(token.text) for token in run.before[-2:]]
    return len(before) > 1 and before[1] == "par" and before[0] in MADE_BY and not run.before[-1].ends


def among_names(run: Run) -> bool:
    """Whether a comma ties a name in capitals to a family's or a first name: "DIALLO, TRAORE, CAMARA"."""
    beside = [run.before[-1]] if run.before and run.before[-1].comma else []
    beside += [run.after[0]] if run.after and run.tokens[-1].comma else []
    return any(
        (is_family(token.text) or is_first(token.text)) and not is_common(token.text) and len(token.text) > 2
        for token in beside
    )


def listed(run: Run) -> bool:
    """Whether a label of those present opens the list in which it stands: "Présents : Pascot, Keravel"."""
    for at in range(len(run.before) - 1, -1, -1):
        token = run.before[at]
        if folded(token.text) in PRESENT:
            return True
        if not (token.comma or token.text[0].isupper() or token.text == "et"):
            return False
    return False


def is_nickname(word: str) -> bool:
    """ "Titi", "Jojo": a syllable twice."""
    return (
        re.fullmatch(r"([A-Z][aeiouyé])\1", word[:2] + word[2:].capitalize()) is not None and word not in NO_NICKNAMES
    )


def is_initials(word: str) -> bool:
    """ "J-P" of "J-P Morel"."""
    return re.fullmatch(r"[A-ZÀ-Ý]-[A-ZÀ-Ý]", word) is not None


def keeps_apostrophe(word: str) -> bool:
    """ "N’Diaye", "M’Baye", "O’Connor"."""
    return re.fullmatch(r"[NMO]['’][A-ZÀ-Ý][a-zà-ÿ]{2,}", word) is not None


def has_foreign_letters(word: str) -> bool:
    """Letters of names of elsewhere, which French words do without: "Łukasz", "Yıldız"."""
    return re.search(r"[łşğıčšžńøåđßñãõýățșćśźżęąřůěőűāīū]", word.lower()) is not None


def speaks(run: Run) -> bool:
    """Whether what follows is said of a person: "Emre est chargé des livraisons", "Ghjulia s’occupe de"."""
    return is_subject(run.before, run.tokens[-1], run.after)


def is_subject(before: Sequence[Token], last: Token, following: Sequence[Token]) -> bool:
    """Whether the words around those that end with `last` speak of a person: "Emre est chargé", "c’est Rose qui"."""
    after = [folded(token.text) for token in following]
    if not after or last.comma or last.ends:
        return False
    if after[0] == "et":
        return len(after) > 1 and after[1] in WITH_ONE
    if after[0] == "qui":
        return bool(before) and before[-1].text == "est" and not before[-1].ends
    if after[0] in {"est", "etait", "sera"}:
        return len(after) > 1 and after[1] in SAID_OF_A_PERSON
    if after[0] in {"a", "avait", "ont"}:
        return len(after) > 1 and after[1] in HAS_SAID
    return after[0] in SAYS_OF_A_PERSON


def in_apposition(last: Token, following: Sequence[Token]) -> bool:
    """ "Violette, la patronne"."""
    after = [folded(token.text) for token in following[:2]]
    return len(after) > 1 and last.comma and after[0] in ARTICLES and after[1] in folded_relations()


def met(run: Run) -> bool:
    """Whether the verb before asks for a person: "j’ai rappelé Sefket"."""
    return bool(run.before) and not run.before[-1].ends and folded(run.before[-1].text) in MEETS


def has_no_accents(word: str) -> bool:
    """A word in capitals that is one of the language only if accents were left out: "MARTELLIERE"."""
    return word.isupper() and not is_french_word(word)


def is_owned(run: Run) -> bool:
    """ "pour sa Clio": a thing of somebody's may bear a first name."""
    return bool(run.before) and run.before[-1].text.lower() in {"sa", "ma", "une", "ta", "leur"}


def is_an_office(run: Run) -> bool:
    """ "Monsieur le Maire", "Madame la Directrice": an article in small letters before a common word."""
    article = run.before[-1] if run.before else None
    return article is not None and article.text in {"le", "la"} and is_common(run.words[0])


def may_be_called(word: str) -> bool:
    """After a civility: "M. Boulanger" is a name, "Monsieur Client" and "Madame la Directrice" are not."""
    return not only_a_word(word) and folded(word) not in NOBODY_AFTER_A_CIVILITY


def is_somebody(word: str) -> bool:
    """After a civility in short, whatever the word ("M. Perruche"), unless it tells what somebody is ("Mme Directrice")."""
    is_what = folded(word) in folded_relations() | NOBODY_AFTER_A_CIVILITY
    return len(word) > SHORTEST_NAME and not is_what
