"""What a person should look at: what an import found odd in the document or in its own reading."""

import itertools
import re
from collections import Counter
from typing import Literal, get_args

from assistant.referentiel.authoring.asides import compare_sums
from assistant.referentiel.authoring.draft import Criterion, Draft
from assistant.referentiel.authoring.sources.pieces import Source, tokens
from assistant.referentiel.authoring.structure import digits, normal_code, plainly

Kind = Literal[
    "unplaced", "furniture", "stripped", "lost", "used_twice", "code_jumps", "code_repeats", "no_competence",
    "no_criteria", "points", "ocr", "cut", "modality", "unfaithful", "unread_page", "levels", "long", "shared_out",
    "guessed", "limits", "headings",
]  # fmt: skip
_LONE = re.compile(r"^[ldnsmtcj][’'][A-Z]$|^A[l1]$")
"""« l’A » for « l’IA », « Al » for « AI »."""
KINDS: tuple[Kind, ...] = get_args(Kind)
LONG = 120


def suspect(draft: Draft, source: Source) -> None:
    """Adds the doubts that the draft itself raises."""
    criteria = draft.criteria()
    if not criteria:
        draft.doubt("no_criteria", nothing_asked(draft), 1)
    _codes(draft, criteria)
    _repeats(draft, criteria)
    for criterion in criteria:
        if not criterion.competences:
            draft.doubt("no_competence", f"{criterion.id} : {criterion.text}", criterion.page)
        said = (criterion.indicators or [criterion.text])[-1]
        if said.rstrip()[-1:] in {",", "-", "("} or (
            said[:1].islower() and not criterion.lead and not criterion.indicators
        ):
            draft.doubt("cut", f"{criterion.id} : {criterion.text}", criterion.page)
        if criterion.unsure:
            draft.doubt("limits", f"{criterion.id} : {criterion.text}", criterion.page)
        if len(tokens(criterion.text)) > LONG:
            draft.doubt("long", f"{criterion.id} : {criterion.text}", criterion.page)
        if criterion.ocr and any(odd(word) for word in criterion.text.split()):
            draft.doubt("ocr", f"{criterion.id} : {criterion.text}", criterion.page)
    with_points = [c for c in criteria if c.points is not None]
    if with_points and len(with_points) < len(criteria):
        for criterion in criteria:
            if criterion.points is None:
                draft.doubt("points", f"{criterion.id} n’a pas de points : {criterion.text}", criterion.page)
    compare_sums(draft)
    for bloc in draft.blocs:
        for modality in (*bloc.modalities, *(draft.general if bloc is draft.blocs[0] else ())):
            if not modality.kind:
                text = modality.title or " ".join(modality.description)
                draft.doubt("modality", f"Nature de l’épreuve à préciser : {text[:200]}", modality.page)
        owners = {id(c) for criterion in bloc.criteria for c in criterion.competences}
        for competence in bloc.competences:
            above = any(o is not competence and _under(competence.code, o.code) for o in bloc.competences)
            if criteria and id(competence) not in owners and not above:
                draft.doubt("no_criteria", f"{competence.id} n’a pas de critère : {competence.text}", competence.page)


def nothing_asked(draft: Draft) -> str:
    """What a file without criteria holds instead, and what can be done."""
    competences = sum(len(bloc.competences) for bloc in draft.blocs)
    held = (
        f"{competences} compétences y sont nommées, sans critère."
        if competences > 1
        else "ni colonne ni liste intitulée «\u00a0Critères\u00a0» ou «\u00a0Indicateurs\u00a0», ni code de critère, "
        "ni cases à cocher."
    )
    return (
        f"Aucun critère d’évaluation dans ce fichier\u00a0: {held} Un programme, une liste de compétences ou de savoirs, une "
        "grille de cours ne demandent rien à un candidat. Tout le texte est dans la liste à vérifier. Si les critères sont "
        "dans un autre fichier, importez celui-là\u00a0; s’ils sont dans celui-ci, importez leur tableau seul, ou "
        "ajoutez-les dans l’éditeur."
    )


def odd(word: str) -> bool:
    """A word as only a misreading writes it: letters and digits mixed, a capital I before small consonants."""
    core = word.strip(".,;:()«»\"'’")
    mixed = any(c.isdigit() for c in core) and any(c.islower() for c in core) and core.isalnum()
    lone = bool(_LONE.match(core))
    return mixed or lone or "|" in core or core.startswith("I’") or core.startswith("I'")


def _under(code: str | None, inner: str | None) -> bool:
    outer, deep = "".join(digits(code)), "".join(digits(inner))
    return bool(outer) and deep.startswith(outer) and deep != outer


def _codes(draft: Draft, criteria: list[Criterion]) -> None:
    """Codes that are printed twice, and numbers that are left out between two others."""
    printed = Counter(normal_code(c.code) for bloc in draft.blocs for c in bloc.criteria if c.code)
    for criterion in criteria:
        if criterion.code and printed[normal_code(criterion.code)] > 1 and len(digits(criterion.code)) > 1:
            draft.doubt("code_repeats", f"{criterion.code} : {criterion.text}", criterion.page)
    for one, two in itertools.pairwise(criteria):
        a, b = digits(one.code), digits(two.code)
        if a and b and a[:-1] == b[:-1] and int(b[-1]) != int(a[-1]) + 1 and a != b:
            draft.doubt("code_jumps", f"{one.code} puis {two.code}", two.page)


def _repeats(draft: Draft, criteria: list[Criterion]) -> None:
    seen = Counter(plainly(c.text) for c in criteria)
    for text, times in seen.items():
        if times > 1:
            first = next(c for c in criteria if plainly(c.text) == text)
            draft.doubt("used_twice", f"{times} fois : {first.text}", first.page)
