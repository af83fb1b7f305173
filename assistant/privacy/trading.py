"""Trading names that are made of common words: "Bijouterie Opaline", "Les Amis du Moulin Bleu", "Pivoine & Compagnie".

No list holds them and each of their words is one of the language, so that their grammar tells them: a noun of a house with
its capital inside a sentence, an article with its capital there ("pour Le Comptoir d’Isaure"), a capital possessive or
preposition within ("Roule Ma Fourche"), "&" between two capitals, the word of a member before ("trésorière de"). Institutions
are written alike ("Centre Social", "Direction des Ressources Humaines"): an adjective of relation or a word of
administration after the noun says that nobody's house is meant."""

import re
from collections.abc import Iterator, Sequence

from assistant.lexicon.french import cities, is_french_word, proper_nouns, towns
from assistant.privacy.grammar import is_common, is_family, is_first
from assistant.privacy.tokens import Token, folded
from assistant.privacy.words import (
    CIVILITIES,
    FIRMS,
    PLACES_OF_CARE,
    folded_relations,
    let_through,
)
from assistant.text import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONGEST = 7
"""Words of a name, small ones included."""
LEAST_OF_A_TITLE = 3
LONGEST_KIND = 4
"""Words between a noun and its name: "centre de formation professionnelle Kerlann"."""
_HOUSES = _words(
    """
    bijouterie bazar usine exploitation librairie papeterie mercerie quincaillerie horlogerie droguerie brocante cremerie
    chocolaterie confiserie torrefaction brulerie biscuiterie conserverie distillerie laiterie ferme domaine chateau mas
    clos manoir moulin gite gites hostellerie pension refuge club cercle amicale comite union foyer cinema theatre compagnie
    troupe orchestre chorale harmonie laboratoire clinique polyclinique centre opticiens autocars demenagements
    etablissements institut ecole academie ressourcerie recyclerie garderie creche ecurie ecuries haras elevage pepinieres
    horticulture vignobles fonderie forge forges tannerie filature atelier ateliers comptoir fournil bar cafe tabac snack
    rotisserie saladerie sandwicherie glacier patisserie institut salon spa parfumerie onglerie blanchisserie laverie pressing
    cordonnerie retoucherie maroquinerie ganterie chapellerie lingerie friperie ebenisterie marbrerie ferronnerie
    chaudronnerie couverture coiffure optique immobilier
    metallerie miroiterie vitrerie platrerie toitures charpentes couvertures terrassement paysages elagage minoterie moulins
    magasin boutique notaires avocats etude imprimerie edition editions galerie studio studios agence mission sos relais
    jardinerie animalerie toilettage armurerie garage station auto autos moto motos cycles taxi transports
    messagerie
    restaurant traiteur auberge hotel camping residence villa domaine ehpad maison groupe reseau collectif ligue fondation
    """
)
_SCHOOLS = _words("lycee college ecole universite iut institut faculte campus ufr irts lp lpo ifsi ifas cfppa")
_PUBLIC = _words(
    """
    petite enfance qualite client clients emploi sante social sociale loisirs jeunesse humaines ressources culture retraite
    vie jour garde accueil apprentis apprentissage chance beaute soins soin production entreprise direction service
    services projet projets securite hygiene environnement achats ventes travail commerce metiers artisanat agriculture
    france europe region departement ville commune etat republique locale local quartier famille familles handicap
    prevention competences formation formations recherche developpement innovation numerique informatique web
    vente marketing communication comptabilite finance finances bancaire alimentaire restauration hotellerie
    """
)
"""Folded words of administrations and departments: what they make is no name."""
_OF_RELATION = re.compile(
    r"(?:iques?|al|ale|ales|aux|aires?|iers?|ieres?|els?|elles?|ifs?|ives?|eux|euses?|aises?|ais|oise?s?|iens?|iennes?|ants?|ables?|"
    r"istes?|eurs?|rices?|es?ees?|ees?|ains?|aines?|ards?|loi)$"
)
"""How folded adjectives and words of trades end: "Centre Hospitalier", "Agence Immobilière", "Directeur Adjoint"."""
_LINKS = frozenset(["de", "du", "des", "la", "le", "les", "d", "l", "et", "en", "au", "aux", "sur", "à", "a", "sous"])
_ARTICLES = frozenset(["Le", "La", "Les", "Au", "Aux", "À"])
_INNER = _words("Ma Mon Mes Ta Ton Tes Sa Son Ses Nos Vos Le La Les Du Des De Au Aux En Et Pour Sur Sous Sans Par Avec")
"""Small words that only a title writes with a capital."""
_BARE = frozenset(["chez", "de", "à", "a", "par", "pour", "avec", "entre", "et"])
_OF_WORKS = _words(
    "livre film roman album chanson serie journal revue magazine article jeu piece lu methode titre bts cap bep diplome"
)
"""Folded words before the title of a work or of a diploma."""
_PRESS = _words(
    "monde figaro parisien croix echos point express progres telegramme nouvelles depeche tribune moniteur petit"
)
_OPEN_TO_ALL = _words(
    """
    cafe bar hotel restaurant auberge pharmacie boulangerie garage camping brasserie pizzeria creperie salon librairie tabac
    ferme domaine moulin clos chateau manoir boucherie epicerie fromagerie patisserie poissonnerie cinema theatre comptoir
    """
)
"""Houses whose name is made by "du", "des", "de la": "au Café des Halles"."""
_OF_LAND = _words("gaec earl scea greta cfa mfr esat ehpad sci scic admr acca mjc asl usep")
"""Forms and kinds after which "de" and common words are a name."""
HOUSES = frozenset(map(fold, FIRMS | PLACES_OF_CARE)) | _HOUSES | _OF_LAND
"""Folded nouns of a house, whose name follows."""
_NOUNS = HOUSES | _SCHOOLS
_MEMBERS = _words(
    """
    ag tresorier tresoriere benevole benevoles adherent adherente adherents licencie licenciee secretaire statuts
    assemblee bureau membre membres fondateur fondatrice cofondatrice cofondateur gerant gerante cogerant
    """
)
_KINDRED = _words(
    "amis amies restos compagnons jardins enfants copains anciens bouchons petits p'tits ptits joyeux ateliers mains"
)
"""Folded first nouns of associations, after a plural article."""
_TAILS = frozenset(["fils", "freres", "cie", "associes", "filles", "soeurs", "compagnie", "co"])
_GAP = re.compile(r"(?: [&+] | |-| ?[dlDL]['’]| [dlDL]['’])")
_AMPERSAND = re.compile(r" ?& ?")


def trading_names(text: str, tokens: Sequence[Token], vocabulary: frozenset[str]) -> Iterator[str]:
    """The names as written. `vocabulary`: folded words of the référentiel."""
    line = _Line(text, tokens, vocabulary)
    for at, token in enumerate(tokens):
        word = token.text
        if word[0].isupper():
            if folded(word) in HOUSES:
                yield from line.of_a_house(at)
            elif folded(word) in _SCHOOLS:
                yield from line.after_a_noun(at)
            yield from line.titled(at)
            yield from line.by_ampersand(at)
        elif folded(word) in _NOUNS:
            yield from line.after_a_noun(at)
        if folded(word) in _MEMBERS:
            yield from line.of_members(at)


class _Line:
    def __init__(self, text: str, tokens: Sequence[Token], vocabulary: frozenset[str]) -> None:
        self.text, self.tokens, self._vocabulary = text, tokens, vocabulary
        self._capitals = sum(token.text[0].isupper() for token in tokens if len(token.text) > 3)
        self._long = sum(len(token.text) > 3 for token in tokens)
        self._sentence = text.rstrip()[-1:] in {".", "!", "?", "…", ";"}

    def _in_a_title(self, run: Sequence[Token]) -> bool:
        """Whether most words around these have a capital as well: a heading, of which a capital says nothing."""
        if self._sentence:
            return False
        long = [token for token in run if len(token.text) > 3]
        capitals = self._capitals - sum(token.text[0].isupper() for token in long)
        return capitals * 2 > self._long - len(long) + 1

    def of_a_house(self, at: int) -> Iterator[str]:
        """ "Bijouterie Opaline", "chez Domaine de la Pierre Ouillée", "L’Amicale laïque Jules-Perrachon"."""
        inside = not self._begins(at)
        bare = inside and self.tokens[at - 1].text in _BARE and not self._elided(at)
        first = self._after_adjectives(at)
        run = self._run(first)
        if not run or not self._joins(first - 1, first):
            return
        kind = self.tokens[at + 1 : first]
        if any(token.text in _LINKS for token in kind) and all(token.text in _LINKS for token in kind):
            run, kind = self.tokens[at + 1 : at + 1 + len(kind) + len(run)], ()
        names = [token.text for token in run if token.text[0].isupper()]
        linked = run[0].text[0].islower()
        rare = any(self._is_rare(word) for word in names)
        ordinary = (inside or self._elided(at)) and not self._in_a_title(run)
        ordinary = ordinary and not self._is_public(names, next_to=not linked)
        several = len(names) > 1 or "-" in names[0]
        head = folded(self.tokens[at].text)
        definite = (
            linked and head in _OPEN_TO_ALL and (run[0].text in {"du", "des", "aux"} or run[1].text in {"la", "le"})
        )
        told = not (linked or kind) or (bare and several) or definite or head in _OF_LAND
        if rare or (ordinary and told):
            while at > 1 and self._is_capital(at - 1) and self._joins(at - 1, at) and not self._begins(at - 1):
                at -= 1
            yield self._written(at, run)

    def after_a_noun(self, at: int) -> Iterator[str]:
        """ "la bijouterie Opaline", "l’agence de communication Kerlann", "le lycée professionnel Agathe-Roumier"."""
        first = self._after_adjectives(at)
        run = self._run(first)
        names = [token.text for token in run if token.text[0].isupper()]
        if not names or self._in_a_title(run) or names[0].isupper():
            return
        school = folded(self.tokens[at].text) in _SCHOOLS
        if school or first > at + 1:
            told = any(map(self._is_unknown, names) if school else map(self._is_rare, names))
            several = len(names) > 1 and self.tokens[first - 1].text not in _LINKS and not self._elided(first)
            told = told or (several and not school and not self._is_public(names))
        else:
            told = not self._is_public(names, next_to=True)
        if told:
            yield self._written(first, run)

    def _after_adjectives(self, at: int) -> int:
        """Where the name may begin after a noun and what tells its kind."""
        first = at + 1
        while first < len(self.tokens) and first - at <= LONGEST_KIND and self._joins(first - 1, first):
            word = self.tokens[first].text
            of = folded(self.tokens[first - 1].text) in {"de", "des", "d", "a"} or self._elided(first)
            if not word.islower() or not (word in _LINKS or of or _OF_RELATION.search(folded(word))):
                return first
            first += 1
        return first

    def titled(self, at: int) -> Iterator[str]:
        """ "pour Le Comptoir d’Isaure", "on a monté Roule Ma Fourche", "Les Amis du Moulin Bleu reçoivent"."""
        tokens, word = self.tokens, self.tokens[at].text
        elided = self.text[tokens[at].start - 2 : tokens[at].start] in {"L'", "L’"}
        begins = self._begins(at) or (elided and at > 0 and tokens[at - 1].ends)
        article = elided or (word in _ARTICLES and tokens[at].joined and self._is_capital(at + 1))
        run = self._run(at)
        names = [token.text for token in run if token.text[0].isupper()]
        if not names or any(map(_is_work, names)) or self._in_a_title(run):
            return
        before = folded(tokens[at - 1].text) if at else ""
        if begins:
            kindred = word in {"Les", "Aux"} and len(names) > 2 and folded(names[1]) in _KINDRED
            if not kindred:
                return
        elif tokens[at - 1].text[0].isupper() or before in _OF_WORKS or not (article or _is_a_title(names)):
            return
        content = [name for name in names if name not in _ARTICLES | _INNER]
        if not content or self._is_town(run) or folded(content[0]) in _PRESS or self._is_public(content):
            return
        if elided and len(content) < 2 and len(run) < 2:
            return
        start = tokens[at].start - (2 if elided else 0)
        yield self.text[start : run[-1].end]

    def by_ampersand(self, at: int) -> Iterator[str]:
        """ "Pivoine & Compagnie", "le cabinet Passerelle & Métiers"."""
        tokens = self.tokens
        if at + 1 >= len(tokens) or not self._is_capital(at + 1):
            return
        if _AMPERSAND.fullmatch(self.text[tokens[at].end : tokens[at + 1].start]) is None:
            return
        first = at
        while first > 0 and self._is_capital(first - 1) and self._joins(first - 1, first) and at - first < 3:
            first -= 1
        words = [token.text for token in tokens[first : at + 2]]
        tail = folded(words[-1]) in _TAILS
        before = folded(tokens[first - 1].text) if first else ""
        told = before in HOUSES or before in {"chez", "de", "par", "pour", "avec"}
        if len(words[0]) > 1 and (tail or (told and not self._is_public(words))):
            yield self.text[tokens[first].start : tokens[at + 1].end]

    def of_members(self, at: int) -> Iterator[str]:
        """ "trésorière de SOS Nids d’Hirondelles", "l’AG de Terre et Tablier"."""
        first = at + 1
        if first < len(self.tokens) and self.tokens[first].text in {"de", "du", "des", "à", "au"}:
            run = self._run(first + 1)
            names = [token.text for token in run if token.text[0].isupper()]
            if len(names) > 1 and not self._is_public(names):
                yield self._written(first + 1, run)

    def _run(self, first: int) -> Sequence[Token]:
        """Capitals from here on with the small words between them, up to the last capital."""
        tokens, end, last = self.tokens, first, first
        while end < len(tokens) and end - first < LONGEST and (end == first or self._joins(end - 1, end)):
            if self._is_capital(end):
                last = end + 1
            elif tokens[end].text not in _LINKS:
                break
            end += 1
        return tokens[first:last]

    def _written(self, first: int, run: Sequence[Token]) -> str:
        return self.text[self.tokens[first].start : run[-1].end]

    def _begins(self, at: int) -> bool:
        return at == 0 or self.tokens[at - 1].ends

    def _elided(self, at: int) -> bool:
        return self.text[max(0, self.tokens[at].start - 1) : self.tokens[at].start] in {"'", "’"}

    def _is_capital(self, at: int) -> bool:
        word = self.tokens[at].text if at < len(self.tokens) else ""
        return word[:1].isupper() and folded(word) not in CIVILITIES

    def _joins(self, left: int, right: int) -> bool:
        between = self.text[self.tokens[left].end : self.tokens[right].start]
        return _GAP.fullmatch(between) is not None

    def _is_rare(self, word: str) -> bool:
        return (
            len(word) > LEAST_OF_A_TITLE
            and not word.isupper()
            and not is_common(word)
            and word.lower() not in proper_nouns()
            and not self._is_known(word)
        )

    def _is_unknown(self, word: str) -> bool:
        """Whether a part of it is in no list at all: "Agathe-Roumier", not "Jules-Ferry", whom everybody knows."""
        return self._is_rare(word) and any(
            len(part) > LEAST_OF_A_TITLE
            and not (is_first(part) or is_family(part) or is_common(part) or part.lower() in proper_nouns())
            for part in re.split(r"[-’']", word)
        )

    def _is_known(self, word: str) -> bool:
        return folded(word) in let_through() or folded(word) in self._vocabulary

    def _is_public(self, words: Sequence[str], *, next_to: bool = False) -> bool:
        """Whether these words make no name: of administration, of relation, known, or a short sign. `next_to` a noun, whose
        adjective the first may be."""
        content = [word for word in words if word not in _ARTICLES | _INNER]
        first_word = content[0] if content else ""
        first = folded(first_word)
        return (
            not content
            or all(self._is_known(word) or folded(word) in _PUBLIC for word in content)
            or self._is_known(content[0])
            or first in _PUBLIC
            or (next_to and words[0] == content[0] and is_french_word(first_word) and bool(_OF_RELATION.search(first)))
            or any(folded(word) in folded_relations() for word in content)
            or all(word.isupper() for word in content)
            or all(word.lower() in proper_nouns() and not (is_first(word) or is_family(word)) for word in content)
        )

    def _is_town(self, run: Sequence[Token]) -> bool:
        name = re.sub(r"[^a-z0-9]+", " ", fold(self.text[run[0].start : run[-1].end])).strip()
        return name in towns() or name in cities() or name.replace(" ", "-") in proper_nouns()


def _is_work(word: str) -> bool:
    return folded(word) in _OF_WORKS


def _is_a_title(names: Sequence[str]) -> bool:
    """ "Roule Ma Fourche": three capitals, one of a small word inside."""
    return len(names) >= LEAST_OF_A_TITLE and not _INNER.isdisjoint(names[1:])
