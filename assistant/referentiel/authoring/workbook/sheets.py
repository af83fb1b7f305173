"""What stands on which sheet: the workbook's one plan, by which it is written, explained and read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as field_
from typing import Literal

from assistant.referentiel.words import EVIDENCE, MODALITIES, SCALES

Holds = Literal["text", "number", "integer", "list", "references"]
FIELDS = "Référentiel"
HELP = "Mode d’emploi"
SEPARATOR = ";"
"""Between the ids or words of one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is the model's; `names` the sheet whose ids the cell refers to.

    `words` are the only ones it may hold, by the code that the file keeps: a cell may hold either.
    """

    title: str
    field: str
    help: str
    holds: Holds = "text"
    needed: bool = False
    names: str = ""
    words: Mapping[str, str] = field_(default_factory=dict)
    width: int = 18

    @property
    def among(self) -> tuple[str, ...]:
        """What the cell may hold, as it is shown."""
        return tuple(self.words.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One row for each thing; `parent` is the field of the column that says to what it belongs."""

    title: str
    help: str
    columns: tuple[Column, ...]
    parent: str = ""

    @property
    def has_ids(self) -> bool:
        return any(column.field == "id" for column in self.columns)


def _itself(*words: str) -> Mapping[str, str]:
    """Words that the file keeps as they are said."""
    return {word: word for word in words}


_SOURCE = Column(
    "Lettres d’origine", "source_text", "Le texte tel que la source l’imprime, s’il a été rétabli.", width=40
)
ID = "Le code par lequel on le désigne ; unique sur cette feuille."

TOP = (
    Column("Identifiant", "id", "En minuscules, chiffres et tirets.", needed=True),
    Column("Version", "version", "Change avec tout changement de contenu.", needed=True),
    Column("Titre", "title", "Tel que la source l’imprime ; vide si elle n’en imprime pas."),
    Column("Titre de travail", "our_title", "Le vôtre, là où la source n’en imprime pas."),
    Column("Public", "audience", "À qui la certification s’adresse, mot pour mot."),
    Column("Certificateur", "certifier", "L’organisme certificateur."),
    Column(
        "Aménagements", "accommodations", "Ce qui est prévu pour les candidats en situation de handicap, mot pour mot."
    ),
    Column("Aménagements, lettres d’origine", "accommodations_source_text", "Si le texte a été rétabli."),
    Column("Échelle", "scale", "points, acquis / non acquis, ou aucune.", needed=True, words=SCALES),
)

SHEETS = (
    Sheet(
        "Blocs",
        "Les blocs de compétences, dans l’ordre.",
        (
            Column("Bloc", "id", ID, needed=True),
            Column("Code imprimé", "source_code", "Le code tel que la source l’imprime."),
            Column("Titre", "title", "Mot pour mot.", width=60),
            Column("Description", "description", "Mot pour mot.", width=60),
            Column("Avant les épreuves", "modalities_intro", "Ce que la source dit avant ses épreuves.", width=40),
            _SOURCE,
        ),
    ),
    Sheet(
        "Activités",
        "Les activités d’un bloc.",
        (
            Column("Bloc", "bloc", "Le bloc auquel elle appartient.", needed=True, names="Blocs"),
            Column("Activité", "id", ID, needed=True),
            Column("Titre", "title", "Mot pour mot.", needed=True, width=60),
            _SOURCE,
        ),
        "bloc",
    ),
    Sheet(
        "Tâches",
        "Une ligne par tâche d’une activité.",
        (
            Column("Activité", "activity", "L’activité à laquelle elle appartient.", needed=True, names="Activités"),
            Column("Texte", "text", "Mot pour mot.", needed=True, width=80),
            _SOURCE,
        ),
        "activity",
    ),
    Sheet(
        "Compétences",
        "Les compétences d’un bloc.",
        (
            Column("Bloc", "bloc", "Le bloc auquel elle appartient.", needed=True, names="Blocs"),
            Column("Compétence", "id", ID, needed=True),
            Column("Code imprimé", "source_code", "Le code tel que la source l’imprime."),
            Column("Texte", "text", "Mot pour mot.", needed=True, width=80),
            Column("Activité", "activity", "L’activité dont elle relève, s’il y en a.", names="Activités"),
            _SOURCE,
        ),
        "bloc",
    ),
    Sheet(
        "Épreuves",
        "Les épreuves d’un bloc ; sans bloc, celles de toute la certification.",
        (
            Column("Bloc", "bloc", "Vide\u00a0: toute la certification.", names="Blocs"),
            Column("Épreuve", "id", ID, needed=True),
            Column("Nature", "kind", "Par quoi le jury évalue.", needed=True, words=MODALITIES, width=26),
            Column("Titre", "title", "Mot pour mot.", width=40),
            Column("Description", "description", "Mot pour mot.", width=60),
            Column(
                "Compétences évaluées",
                "competences",
                "Séparées par des points-virgules.",
                "references",
                names="Compétences",
            ),
            Column("Remarque", "remark", "Mot pour mot.", width=40),
            _SOURCE,
        ),
        "bloc",
    ),
    Sheet(
        "Livrables",
        "Ce que le candidat remet.",
        (
            Column("Épreuve", "modality", "L’épreuve pour laquelle il est remis.", needed=True, names="Épreuves"),
            Column("Livrable", "id", ID, needed=True),
            Column("Texte", "text", "Mot pour mot.", needed=True, width=80),
            Column(
                "Compétences", "competences", "Séparées par des points-virgules.", "references", names="Compétences"
            ),
            Column("Nombre minimal", "min_count", "Combien au moins, si la source le dit.", "integer"),
            Column("Partie", "part", "La partie de l’épreuve, s’il y en a."),
            _SOURCE,
        ),
        "modality",
    ),
    Sheet(
        "Présentés",
        "Ce que le candidat présente sans le remettre.",
        (
            Column("Épreuve", "modality", "L’épreuve où il est présenté.", needed=True, names="Épreuves"),
            Column("Élément", "id", ID, needed=True),
            Column("Texte", "text", "Mot pour mot.", needed=True, width=80),
            Column(
                "Compétences", "competences", "Séparées par des points-virgules.", "references", names="Compétences"
            ),
        ),
        "modality",
    ),
    Sheet(
        "Critères",
        "Les lignes de la grille, mot pour mot, dans l’ordre.",
        (
            Column("Bloc", "bloc", "Le bloc auquel il appartient.", needed=True, names="Blocs"),
            Column("Critère", "id", ID, needed=True),
            Column("Code imprimé", "source_code", "Le code tel que la source l’imprime."),
            Column(
                "Compétences", "competences", "Séparées par des points-virgules.", "references", names="Compétences"
            ),
            Column("Phrase d’introduction", "lead", "Celle qui ouvre plusieurs critères.", width=30),
            Column("Texte", "text", "Mot pour mot.", needed=True, width=80),
            Column("Points", "points", "Le barème imprimé.", "number"),
            Column(
                "Évalué par",
                "assessed_by",
                "Natures d’épreuve, séparées par des points-virgules.",
                "list",
                words=MODALITIES,
            ),
            _SOURCE,
        ),
        "bloc",
    ),
    Sheet(
        "Indicateurs",
        "Les sous-lignes d’un critère, une par ligne.",
        (
            Column("Critère", "criterion", "Le critère auquel elle appartient.", needed=True, names="Critères"),
            Column("Texte", "text", "Mot pour mot.", needed=True, width=80),
            _SOURCE,
        ),
        "criterion",
    ),
    Sheet(
        "Exigences",
        "Ce qui se vérifie dans un critère, avec ses propres mots.",
        (
            Column("Critère", "criterion", "Le critère qui la pose.", needed=True, names="Critères"),
            Column("Exigence", "id", ID, needed=True),
            Column(
                "Mots du critère",
                "text",
                "Des fragments du critère, joints par «\u00a0…\u00a0».",
                needed=True,
                width=60,
            ),
            Column("Libellé", "label", "Son nom pour les jurés, fait des mots du critère.", width=50),
            Column("Nombre minimal", "min_count", "Le nombre que le critère énonce.", "integer"),
            Column("Unité", "unit", "Ce qui est compté."),
            Column("Seulement avec", "needs", "D’autres exigences du même critère.", "references", names="Exigences"),
            Column("Formes de preuve", "kinds", "Séparées par des points-virgules.", "list", words=EVIDENCE),
        ),
        "criterion",
    ),
    Sheet(
        "Indices",
        "Ce qu’un candidat pourrait écrire quand l’exigence est remplie.",
        (
            Column("Exigence", "requirement", "L’exigence visée.", needed=True, names="Exigences"),
            Column(
                "Sens",
                "way",
                "indice, ou contre-indice (ce qui y ressemble sans y répondre).",
                needed=True,
                words=_itself("indice", "contre-indice"),
            ),
            Column("Texte", "text", "Dans les mots de tous les jours ou du métier.", needed=True, width=80),
        ),
        "requirement",
    ),
    Sheet(
        "Règles",
        "Prérequis, règles de jury et notes de travail, une par ligne.",
        (
            Column(
                "Sorte", "kind", "prérequis, jury ou note.", needed=True, words=_itself("prérequis", "jury", "note")
            ),
            Column("Texte", "text", "Mot pour mot pour les deux premières.", needed=True, width=100),
        ),
    ),
)
