"""The letter to the candidate: what was adopted or written about each criterion, in plain French, and no more.

No decision, mark, motivation, question or juror's name stands in it, and nothing is said of criteria without a remark.
"""

from collections.abc import Mapping, Sequence

from assistant.exporting import wording
from assistant.exporting.document import (
    Block,
    BulletList,
    Document,
    Heading,
    Inline,
    SignatureBlock,
    Words,
    paragraph,
    words,
)
from assistant.exporting.grid import Cited, Grid, GridCriterion, GridKind
from assistant.exporting.grid_document import passage_with_pages, properties, text_with_pages
from assistant.exporting.wording import NBSP

TITLE = "Retour sur votre dossier"
FOUND = "Relevé dans votre dossier"
WRITTEN: Mapping[GridKind, str] = {
    "individual": "Ce qu’en écrit le juré",
    "collegial": "Ce qu’en écrit le jury",
    "personal": "Ce qu’en écrit le lecteur",
}
NOT_FOUND = "Non trouvé dans votre dossier"
FOUND_TOLD, WRITTEN_TOLD, NOT_FOUND_TOLD = "ce qu’il y a relevé", "ce qu’il en écrit", "ce qu’il n’y a pas trouvé"
GREETING = "Madame, Monsieur,"
NOTHING = "Cette lettre ne contient pas de remarque écrite sur votre dossier."
ONLY_REMARKS = (
    f"Cette lettre reprend seulement les remarques écrites qui vous sont transmises{NBSP}: ne concluez rien d’un critère "
    "qui n’y figure pas."
)
DECISION_ELSEWHERE = (
    "Elle ne contient ni note ni décision. La décision appartient au jury seul et vous est communiquée par le "
    "certificateur, à qui vous pouvez adresser vos questions."
)
NO_DECISION_HERE = (
    "C’est une lecture personnelle, faite hors de toute session de jury. Elle ne contient ni note ni décision, et n’en "
    "annonce aucune."
)
CLOSING = "Nous vous prions d’agréer, Madame, Monsieur, nos salutations distinguées."
WITH_MODEL = (
    "Une partie de ces phrases a été rédigée par une intelligence artificielle, puis relue et retenue par le jury."
)
WITH_PROGRAM = (
    "Une partie de ces phrases a été préparée par un programme de recherche, puis relue et retenue par le jury."
)
BY_PEOPLE = "Ces phrases sont de la main du jury."


def feedback_document(grid: Grid) -> Document:
    """The letter."""
    remarks = [block for row in grid.rows for block in _criterion(row, grid)]
    parts = ((FOUND, FOUND_TOLD), (WRITTEN[grid.kind], WRITTEN_TOLD), (NOT_FOUND, NOT_FOUND_TOLD))
    told = [said for title, said in parts if Heading(3, title) in remarks]
    personal = grid.kind == "personal"
    whose = (grid.candidate or f"Fichier{NBSP}: {grid.file}") if personal else f"Candidat n°{NBSP}{grid.candidate}"
    return Document(
        title=f"{TITLE} – {wording.whose(grid)}",
        heading=TITLE,
        blocks=(
            *([paragraph(grid.certifier)] if grid.certifier else []),
            paragraph(whose, emphasis="strong"),
            paragraph(f"Le {wording.day_in_words(grid.made)}", "right"),
            paragraph(GREETING),
            paragraph(_opening(grid, told)),
            *remarks,
            *([Heading(2, "Comment lire cette lettre")] if remarks else []),
            *([paragraph(ONLY_REMARKS)] if remarks else []),
            paragraph(NO_DECISION_HERE if personal else DECISION_ELSEWHERE),
            paragraph(CLOSING),
            SignatureBlock("Le lecteur" if personal else "Pour le jury"),
            *([paragraph(_about_machine(grid), "small", "aside")] if remarks else []),
        ),
        properties=properties(grid),
        running_head=f"{TITLE} – {_short(grid)}",
    )


def _short(grid: Grid) -> str:
    """Whose it is, above each page."""
    if grid.kind == "personal":
        return grid.candidate or f"fichier{NBSP}{grid.file}"
    return f"candidat{NBSP}{grid.candidate}"


def _opening(grid: Grid, told: Sequence[str]) -> str:
    """Who read what, and what follows."""
    pages = f"{grid.pages}{NBSP}page{'s' if grid.pages > 1 else ''}"
    if grid.kind == "personal":
        read = (
            f"Un lecteur a lu votre dossier à titre personnel, hors session, au regard du référentiel "
            f"{wording.quoted_in_words(grid.referentiel)} (fichier {grid.file}, {pages})."
        )
        return _followed(read, told)
    reader = "Le jury" if grid.kind == "collegial" else "Un membre du jury"
    read = (
        f"{reader} a lu le dossier que vous avez présenté pour {wording.quoted_in_words(grid.referentiel)} "
        f"({grid.session}, {pages})."
    )
    return _followed(read, told)


def _followed(read: str, told: Sequence[str]) -> str:
    """What comes after who read what."""
    if not told:
        return f"{read} {NOTHING}"
    listed = " et ".join([", ".join(told[:-1]), told[-1]] if told[1:] else told)
    return f"{read} Voici, critère par critère, {listed}. Les numéros de page sont ceux de votre fichier."


def _criterion(row: GridCriterion, grid: Grid) -> tuple[Block, ...]:
    """What there is to say about a criterion, or nothing at all."""
    found = [text_with_pages(item) for item in row.observations if not _of_a_person(item)]
    written = [text_with_pages(item) for item in row.observations if _of_a_person(item)]
    found += [passage_with_pages(one) for one in row.own_quotes if one.quote]
    missing = [_missing(item, grid) for item in row.gaps]
    if not found and not written and not missing:
        return ()
    blocks: list[Block] = [Heading(2, f"{row.id}{NBSP}– {row.words}")]
    for title, items in ((FOUND, found), (WRITTEN[grid.kind], written), (NOT_FOUND, missing)):
        if items:
            blocks += [Heading(3, title), BulletList(tuple(items))]
    return tuple(blocks)


def _of_a_person(item: Cited) -> bool:
    """Words of whoever read, and not a passage that they took over whole."""
    return item.origin != "ai" and not (item.text.startswith("«") and item.text.endswith("»"))


def _missing(item: Cited, grid: Grid) -> tuple[Inline, ...]:
    """A point by what was asked; « à vérifier », which a search says to jurors, is nothing to tell a candidate."""
    if item.origin == "ai" and not grid.ai.used_a_model and item.requirement:
        return words(item.requirement)
    asked = wording.requirement_of(item)
    return (*((Words(f"{asked}{NBSP}: ", "strong"),) if asked else ()), *text_with_pages(item))


def _about_machine(grid: Grid) -> str:
    """Whether a machine had a part in what stands here, in one sentence."""
    texts = [item for row in grid.rows for item in (*row.observations, *row.gaps)]
    if not any(item.origin == "ai" for item in texts):
        return _by(grid, BY_PEOPLE)
    return _by(grid, WITH_MODEL if grid.ai.used_a_model else WITH_PROGRAM)


def _by(grid: Grid, said: str) -> str:
    return said.replace("le jury", "le lecteur").replace("du jury", "du lecteur") if grid.kind == "personal" else said
