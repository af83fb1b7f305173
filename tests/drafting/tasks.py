"""Tasks to draft for, made of a few sentences."""

from collections.abc import Mapping, Sequence

from assistant.dossier.model import Sentence
from assistant.drafting.task import RequirementFinding, Task
from assistant.matching.match import CriterionMatch
from assistant.referentiel.model import Criterion, Requirement


def sentence(sid: str, text: str, section: str = "Un chapitre") -> Sentence:
    page = int(sid[1 : sid.index("s")])
    return Sentence(sid, page, 0, len(text), text, ((0, 0, 1, 1),), "text", "prose", "body", section)


def finding(
    name: str,
    text: str,
    sentences: Sequence[str] = (),
    nearest: Sequence[str] = (),
    admits: Sequence[str] = (),
    mentions: Sequence[str] = (),
) -> RequirementFinding:
    """A requirement that is found where it has sentences."""
    return RequirementFinding(
        name,
        text,
        text,
        "found" if sentences else "not_found",
        tuple(sentences),
        tuple(nearest),
        admits=tuple(admits),
        mentions=tuple(mentions),
    )


def task(
    texts: Mapping[str, str] | Sequence[Sentence],
    findings: Sequence[RequirementFinding],
    criterion: str = "Le candidat justifie le choix de l’outil",
    evidence: Sequence[str] | None = None,
) -> Task:
    sentences = [sentence(sid, text) for sid, text in texts.items()] if isinstance(texts, Mapping) else list(texts)
    asked = Criterion(
        id="X1", text=criterion, requirements=tuple(Requirement(id=one.id, text=one.text) for one in findings)
    )
    order = tuple(evidence) if evidence is not None else tuple(one.id for one in sentences)
    return Task(asked, CriterionMatch("X1", (), order), tuple(findings), {one.id: one for one in sentences}, 18, ())
