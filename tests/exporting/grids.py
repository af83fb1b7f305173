"""Grids for the tests of the exports."""

from dataclasses import replace
from datetime import UTC, date, datetime

from assistant.exporting.grid import AiPart, Cited, Grid, GridCriterion, Member, Quoted

LOCKED = datetime(2026, 6, 12, 18, 41, tzinfo=UTC)

FRICTION = GridCriterion(
    id="Cr1.2",
    text="Le candidat identifie au moins deux points de friction ou tâches manuelles répétitives, en les justifiant "
    "avec des éléments factuels.",
    lead="",
    indicators=("Deux points au moins", "Des éléments factuels"),
    competences=("C1",),
    assessed_by=("dossier", "oral"),
    most_points=2.0,
    observations=(
        Cited("Le dossier relève 41 devis sans réponse et une recopie de 17 minutes par feuille.", (6, 7), "ai"),
        Cited("Le tableau de synthèse donne 47 devis, le texte 41.", (6, 7), "ai_edited"),
        Cited("Le comptage couvre douze semaines d’hiver.", (5,), "own"),
    ),
    gaps=(Cited("Le dossier ne dit pas qui a compté les appels.", (), "ai", "des éléments factuels"),),
    questions=(
        Cited("Comment expliquez-vous l’écart entre 41 et 47 devis ?", (6, 7), "ai"),
        Cited("Qui a tenu les feuilles de comptage ?", (5,), "own"),
    ),
    quotes=(
        Quoted(6, "41 sont restés sans la moindre nouvelle, et je n’en ai relancé que 9, faute de temps.", "text"),
        Quoted(7, "Devis restés sans aucune réponse au 28 mars 2025 47 118 400 €", "ocr", own=True),
    ),
    decision="1,5 / 2",
    points=1.5,
    motivation="Deux points chiffrés ; l’écart a été expliqué à l’oral.",
)
STEPS = replace(
    FRICTION,
    id="Cr1.1",
    text="Le candidat cartographie les étapes du cycle client",
    indicators=(),
    observations=(Cited("Onze étapes, de l’appel au suivi.", (4,), "ai"),),
    gaps=(),
    questions=(),
    quotes=(),
    decision="",
    points=None,
    motivation="",
)
ORAL = replace(
    STEPS,
    id="Cr1.9",
    text="Le candidat présente son projet avec clarté.",
    competences=("C9",),
    assessed_by=("oral",),
    most_points=None,
    observations=(),
)
GRID = Grid(
    kind="collegial",
    session="Session de juin 2026",
    session_date=date(2026, 6, 18),
    candidate="0417",
    referentiel="Automatiser le cycle client d'une PME/TPE à l'aide de l'IA",
    referentiel_id="cycle-client-ia",
    referentiel_version="1",
    certifier="",
    scale="points",
    blocs=("B0",),
    jury=(
        Member("Jeanne Arnaud", "premier juré", LOCKED),
        Member("Paul Béranger", "deuxième juré", LOCKED),
    ),
    rows=(STEPS, FRICTION, ORAL),
    total=1.5,
    most_total=4.0,
    accommodations="Temps supplémentaire d’un tiers à l’oral.",
    file="dossier.pdf",
    file_sha256="ab" * 32,
    pages=18,
    unread_pages=(15,),
    ai=AiPart("mistral-large", "prelecture 0.1.0", adopted=4, edited=1, rejected=3, prompts=("drafting 2:1f0a",)),
    made=LOCKED,
)
BY_PROGRAM = replace(GRID, ai=AiPart("extractive", "prelecture 0.1.0", adopted=4, edited=1, rejected=3))
"""The same grid where no language model was used."""


def of_criteria(count: int) -> Grid:
    """A grid of so many criteria, each with much kept."""
    much = replace(FRICTION, quotes=FRICTION.quotes * 2, observations=FRICTION.observations * 2)
    return replace(GRID, rows=tuple(replace(much, id=f"Cr{n // 5 + 1}.{n % 5 + 1}") for n in range(count)))
