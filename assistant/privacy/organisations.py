"""Which firms, schools and places of care a dossier names: told by their legal form, by the noun before the name, by a
label or by a word of employment.

A noun and a capital are not enough ("une Agence Immobilière", "le Lycée Professionnel"): what follows must hold a word
that is no common one, or be written like a trading name ("Les Petits Pas Sages"). Public places that bear a name
("le lycée Jules-Ferry prête ses salles") tell of nobody; they are hidden where the sentence ties them to the writer."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from assistant.lexicon.french import proper_nouns
from assistant.privacy.grammar import is_common, is_family, is_first
from assistant.privacy.seen import plain
from assistant.privacy.spelled import firms_spelled
from assistant.privacy.tokens import Token, folded, tokens_of
from assistant.privacy.trading import trading_names
from assistant.privacy.words import (
    CIVILITIES,
    EMPLOYMENT,
    FIRMS,
    LEGAL_FORMS_ALONE,
    OF_A_FIRM,
    PLACES_OF_CARE,
    PUBLIC_PLACES,
    TRADES,
    let_through,
)

LONGEST = 6
"""Words of a name."""
LEAST_UNKNOWN = 3
"""Letters of a word that is a firm's by its place alone, at the least one more."""
BEFORE = 8
"""Words before "chez" in which an employment is looked for."""
_ELIDED_IN_A_NAME = re.compile(r"(?<![\w’'-])[A-ZÀ-Ý][a-zà-ÿ]{2,12}['’][A-ZÀ-Ý][a-zà-ÿ]{2,20}(?![\w’'-])")
"""Trading names: "Coiff’Ardèche", "Tif’Annie"."""
_GAP = re.compile(r"(?: \d{1,3})?[ -]?(?:[&+] ?)?(?:[dlDL]['’])?|\. ?|['’]")
_QUOTE = re.compile(r"[ ,:]{0,2}[«\"“] ?(?P<it>[^«»\"“”\n]{2,45}?) ?[»\"”]")
_TIED = re.compile(
    r"(?i)(?<!\w)(?:[jm]['’]|(?:je|me|moi|mon|ma|mes|nous|notre|nos|stage|cap|bep|bts|bac|diplôme|formation|apprenti\w{0,7}|"
    r"alternance|élève|employeur|poste)(?!\w))"
)
_DOTTED = re.compile(r"\b(?:S\.A\.R\.L|S\.A\.S|E\.U\.R\.L|S\.C\.I)\.?")
_INSIDE = frozenset(["de", "du", "des", "la", "le", "les", "d", "l", "et", "en", "au", "aux", "sur", "a"])
_LEADING = frozenset(["le", "la", "les", "l", "au", "aux", "chez"])
_POSSESSIVES = frozenset(["mon", "ma", "notre", "votre", "ancien", "ancienne", "mes", "nos", "actuel", "actuelle"])
_LABELS = frozenset(
    [
        "employeur",
        "entreprise",
        "société",
        "raison",
        "sociale",
        "structure",
        "établissement",
        "enseigne",
        "accueil",
        "stage",
    ]
)
_TAILS = frozenset(["fils", "frères", "cie", "associés", "filles", "soeurs", "sœurs", "compagnie"])
_NAMED = frozenset(["nommé", "nommée", "appelé", "appelée", "dénommé", "dénommée", "baptisé", "baptisée", "enseigne"])
_OF_ITS_KIND = frozenset(["formation", "hospitalier", "retraite", "social", "médico-social"])
_DEALS = (["a"], ["avait"], ["livre"], ["livrait"], ["facture"], ["commande"], ["confie"], ["fournit"], ["emploie"])
"""What a firm does with others: "Fleurizen nous livre"."""
_KINDS = frozenset(["centre", "organisme", "maison"])
_TELLING = (
    FIRMS
    | PLACES_OF_CARE
    | PUBLIC_PLACES
    | LEGAL_FORMS_ALONE
    | _LABELS
    | _TAILS
    | _NAMED
    | _OF_ITS_KIND
    | TRADES
    | {"chez", "sein"}
)


def organisations_in(
    texts: Sequence[str], vocabulary: frozenset[str] = frozenset(), spelled: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The names as written, each once, in the order of the dossier. `vocabulary`: folded words of the référentiel;
    `spelled`: domains of the dossier's addresses, run together."""
    found: dict[str, None] = {}
    for text in texts:
        for match in _ELIDED_IN_A_NAME.finditer(text) if "'" in text or "’" in text else ():
            if not is_common(match.group()) and folded(match.group()) not in let_through():
                found.setdefault(match.group())
        for name in _named_in(plain(text), vocabulary):
            found.setdefault(name)
        for name in firms_spelled(text, spelled) if spelled else ():
            found.setdefault(name)
    return tuple(found)


def _named_in(text: str, vocabulary: frozenset[str]) -> Iterator[str]:
    text = _DOTTED.sub(lambda match: match.group().replace(".", "").ljust(len(match.group())), text)
    tokens = tokens_of(text)
    line = _Line(text, tokens, vocabulary)
    for at, token in enumerate(tokens):
        if token.text.lower() in _TELLING:
            yield from line.names_at(at)
        elif token.text[0].isupper() and len(token.text) > LEAST_UNKNOWN:
            yield from line.told_at(at)
    yield from trading_names(text, tokens, vocabulary)


class _Line:
    """One sentence, in which names of organisations are looked for around the words that tell them."""

    def __init__(self, text: str, tokens: Sequence[Token], vocabulary: frozenset[str]) -> None:
        self.text, self.tokens, self._vocabulary = text, tokens, vocabulary

    @cached_property
    def tied(self) -> bool:
        """Whether the sentence speaks of whoever writes."""
        return _TIED.search(self.text) is not None

    @cached_property
    def capitals(self) -> bool:
        """Whether it is a heading in capitals."""
        return sum(token.text.isupper() for token in self.tokens) * 2 > len(self.tokens) > 3

    def names_at(self, at: int) -> Iterator[str]:
        """What the word at this place tells."""
        token = self.tokens[at]
        word = token.text.lower()
        if word in LEGAL_FORMS_ALONE and (token.text.isupper() or len(word) > 4 or token.text == "Ets"):
            yield from self._after(at, legal=True)
            yield from self._before(at, least_known=False)
        elif word in _TAILS and token.text[0].isupper() and at > 1 and self._joins(at - 1, at):
            yield from self._before(at + 1, least_known=True)
        elif word in {"chez", "sein"}:
            yield from self._employer(at)
        elif self._is_noun(at):
            yield from self._after(at, of=word in PLACES_OF_CARE | PUBLIC_PLACES | _OF_ITS_KIND)
            if token.text[0].islower() and at > 0 and self.tokens[at - 1].comma:
                yield from self._before(at, least_known=True, comma=True)
        if word in TRADES and token.text[0].isupper() and not self.capitals:
            yield from self._by_its_trade(at)
        if word in _LABELS:
            yield from self._labelled(at)
        if word in _NAMED:
            yield from self._quoted(token.end)

    def _is_noun(self, at: int) -> bool:
        word = self.tokens[at].text.lower()
        if word in _OF_ITS_KIND:
            return any(token.text.lower() in _KINDS for token in self.tokens[max(0, at - 2) : at])
        if len(word) < 4 or word in {"esat", "itep", "mecs", "ifsi", "ifas"}:
            return word in PLACES_OF_CARE | PUBLIC_PLACES and self.tokens[at].text.isupper()
        if word in PUBLIC_PLACES:
            return self.tied
        return word in FIRMS | PLACES_OF_CARE

    def _after(self, at: int, *, legal: bool = False, of: bool = False) -> Iterator[str]:
        """The name right after a noun, in quotation marks or not."""
        quoted = tuple(self._quoted(self.tokens[at].end))
        if quoted:
            yield from quoted
            return
        if self.capitals and not legal:
            return
        first = at + 1
        if of:
            while first < len(self.tokens) and first < at + 3 and self.tokens[first].text in {"de", "du", "des", "la"}:
                first += 1
        if first < len(self.tokens) and not self.tokens[at].ends and not self.tokens[at].comma:
            yield from self._run_from(first, legal=legal, of=first > at + 1)

    def _quoted(self, end: int) -> Iterator[str]:
        match = _QUOTE.match(self.text, end)
        if match is None:
            return
        name = match.group("it").strip(" .,")
        words = tokens_of(name)
        if name[0].isupper() and 0 < len(words) <= LONGEST and not all(self._is_known(word.text) for word in words):
            yield name

    def _labelled(self, at: int) -> Iterator[str]:
        """ "Employeur : Kerlann", "notre sous-traitant, Transports Le Goff"."""
        token = self.tokens[at]
        colon = re.match(r" ?: ?", self.text[token.end : token.end + 3])
        mine = token.comma and any(one.text.lower() in _POSSESSIVES for one in self.tokens[max(0, at - 2) : at])
        if at + 1 < len(self.tokens) and (colon or mine) and not self.capitals:
            yield from self._run_from(at + 1, legal=False, of=False)

    def _employer(self, at: int) -> Iterator[str]:
        """ "embauchée chez Kerlann", "au sein de Kerlann"."""
        before = {folded(token.text) for token in self.tokens[max(0, at - BEFORE) : at]}
        first = at + 1
        if self.tokens[at].text.lower() == "sein":
            first += at + 1 < len(self.tokens) and self.tokens[at + 1].text in {"de", "du"}
        elif (
            not (before and any(word.startswith(EMPLOYMENT) for word in before))
            and not self._at_home(at)
            and not self._of_no_other_use(first)
        ):
            return
        if first < len(self.tokens) and not self.tokens[at].ends and not self.capitals:
            yield from self._run_from(first, legal=False, of=False)

    def told_at(self, at: int) -> Iterator[str]:
        """A word of no other use that is a firm's by what stands around: "je travaille pour Kerlann", "l’équipe d’Aquadomo",
        "Fleurizen nous a confié"."""
        told = self._hires(at) or self._is_of_a_firm(at) or self._orders(at)
        if told and self._of_no_other_use(at) and not self.tokens[at].text.isupper() and not self.capitals:
            yield from self._run_from(at, legal=False, of=False)

    def _hires(self, at: int) -> bool:
        if at < 2 or self.tokens[at - 1].text not in {"pour", "par"} or self.tokens[at - 1].ends:
            return False
        return any(folded(one.text).startswith(EMPLOYMENT) for one in self.tokens[max(0, at - 4) : at - 1])

    def _is_of_a_firm(self, at: int) -> bool:
        elided = self.text[self.tokens[at].start - 2 : self.tokens[at].start] in {"d’", "d'"}
        noun = at - 1 if elided else at - 2
        if noun < 0 or not (elided or self.tokens[at - 1].text == "de"):
            return False
        return folded(self.tokens[noun].text) in OF_A_FIRM

    def _orders(self, at: int) -> bool:
        after = [folded(token.text) for token in self.tokens[at + 1 : at + 4]]
        return self._begins(at) and after[:1] in (["nous"], ["lui"], ["leur"]) and after[1:2] in _DEALS

    def _of_no_other_use(self, at: int) -> bool:
        """Whether a capital inside a sentence that no list holds follows: "livré chez Kerlann"."""
        word = self.tokens[at].text if at < len(self.tokens) else ""
        return (
            len(word) > LEAST_UNKNOWN
            and self._opens(at)
            and not is_common(word)
            and word.lower() not in proper_nouns()
            and not self._is_known(word)
        )

    def _by_its_trade(self, at: int) -> Iterator[str]:
        """ "Capillum Distribution", "Lemarié Rénovation": a word of no other use before a trade with its capital."""
        word = self.tokens[at - 1].text if at else ""
        beside = at > 0 and self._joins(at - 1, at) and self._opens(at - 1)
        if beside and self._tells(word, True) and not is_common(word) and word.lower() not in proper_nouns():
            yield self.text[self.tokens[at - 1].start : self.tokens[at].end]
        if not self._begins(at) and not self.tokens[at].ends and not self.tokens[at].comma and self._joins(at, at + 1):
            named = self.tokens[at + 1 : at + 2]
            if named and self._opens(at + 1) and is_family(named[0].text) and not is_common(named[0].text):
                yield self.text[self.tokens[at].start : named[0].end]

    def _at_home(self, at: int) -> bool:
        """ "Chez Kerlann, on", "Chez Kerlann j’ai fait mon stage": a sentence that begins so speaks of one's own house."""
        after = {folded(token.text) for token in self.tokens[at + 1 : at + BEFORE]}
        if self._begins(at) and self.tied and any(word.startswith(EMPLOYMENT) for word in after):
            return True
        return self._begins(at) and any(
            (one.comma and after.text in {"on", "nous", "je"}) or self.text[one.end : one.end + 4] in {", j'", ", j’"}
            for one, after in zip(self.tokens[at + 1 : at + 6], self.tokens[at + 2 : at + 7], strict=False)
        )

    def _run_from(self, first: int, *, legal: bool, of: bool) -> Iterator[str]:
        """The capitalised words from here on, with the small words between them, if they are a name."""
        tokens = self.tokens
        if not self._opens(first):
            return
        end, last = first + 1, first + 1
        while end < len(tokens) and end - first < LONGEST and self._joins(end - 1, end):
            if self._opens(end):
                last = end + 1
            elif tokens[end].text not in _INSIDE:
                break
            end += 1
        run = tokens[first:last]
        start = run[0].start - 2 if self.text[run[0].start - 2 : run[0].start] in {"L'", "L’"} else run[0].start
        if self._is_name(
            run, legal=legal, of=of, article=start < run[0].start, small=self.tokens[first - 1].text.islower()
        ):
            yield self.text[start : run[-1].end]

    def _before(self, end: int, *, least_known: bool, comma: bool = False) -> Iterator[str]:
        """The name that goes before a legal form, "& Fils" or an apposition: "Armorique Levage SAS"."""
        tokens = self.tokens
        start = end
        while start > 0 and end - start < LONGEST:
            joined = self._joins(start - 1, start) if start < end or not comma else True
            if start == end and start < len(tokens) and not comma:
                joined = self._joins(start - 1, start)
            if not joined or not (self._opens(start - 1) or (tokens[start - 1].text in _INSIDE and start < end)):
                break
            start -= 1
        while start < end and (not self._opens(start) or (is_common(tokens[start].text) and self._begins(start))):
            start += 1
        run = tokens[start:end]
        if run and self._is_name(run) and not (least_known and comma and self._like_a_person(run)):
            yield self.text[run[0].start : run[-1].end]

    def _begins(self, at: int) -> bool:
        return at == 0 or self.tokens[at - 1].ends

    def _opens(self, at: int) -> bool:
        token = self.tokens[at]
        return token.text[0].isupper() and folded(token.text) not in CIVILITIES

    def _joins(self, left: int, right: int) -> bool:
        if right >= len(self.tokens):
            return True
        return _GAP.fullmatch(self.text[self.tokens[left].end : self.tokens[right].start]) is not None

    def _like_a_person(self, run: Sequence[Token]) -> bool:
        return any(is_first(token.text) for token in run)

    def _is_name(
        self, run: Sequence[Token], *, legal: bool = False, of: bool = False, article: bool = False, small: bool = False
    ) -> bool:
        """`article`: it begins with "L’"; `small`: the noun before it has no capital; `of`: it follows "de"."""
        words = [token.text for token in run if folded(token.text) not in _INSIDE]
        if not words or all(self._is_known(word) for word in words):
            return False
        if any(word.lower() in let_through() for word in words) and len(words) < 3:
            return False
        if all(word.lower() in proper_nouns() or is_common(word) for word in words) and not any(
            is_family(word) or is_first(word) for word in words
        ):
            trading = article or (folded(run[0].text) in _LEADING and len(run) > 1)
            several = len(words) > 1 and (legal or (small and not of))
            return (trading and (legal or not self.capitals)) or (several and not self.capitals)
        return any(self._tells(word, legal or of) for word in words)

    def _tells(self, word: str, strong: bool) -> bool:
        """Whether a word is a name's: not a common one, and no short sign in capitals ("BTP")."""
        if self._is_known(word) or (word.isupper() and len(word) < (4 if strong else 6)):
            return False
        return not is_common(word) or ((is_family(word) or is_first(word)) and (strong or not self.capitals))

    def _is_known(self, word: str) -> bool:
        plain_word = folded(word)
        return plain_word in let_through() or (plain_word in self._vocabulary and not is_family(word))
