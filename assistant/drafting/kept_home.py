"""What is said of the sentences that a setting keeps on this machine: how many, where, and which criteria they touch."""

from collections.abc import Sequence

from assistant.dossier.model import Dossier
from assistant.drafting.task import FullReading, Task
from assistant.privacy.sensitive import IN_FRENCH, sensitive_kinds
from assistant.result import Notice


def home_notices(dossier: Dossier, tasks: Sequence[Task], reading: FullReading) -> tuple[Notice, ...]:
    """One notice where sentences were not sent; a criterion is touched when the ranking holds one of them for it."""
    home = frozenset(reading.kept_home)
    if not home:
        return ()
    kept = [sentence for sentence in dossier.sentences if sentence.id in home]
    kinds = dict.fromkeys(kind for sentence in kept for kind in sensitive_kinds(sentence.text))
    about = ", ".join(IN_FRENCH[kind] for kind in kinds)
    touched = [task.criterion.id for task in tasks if _touches(task, home)]
    pages = ", ".join(map(str, sorted({page for sentence in kept for page in sentence.pages})))
    many = "s" if len(kept) > 1 else ""
    reach = (
        f"Critères que cela touche\u00a0: {', '.join(touched)}\u00a0; relisez ces pages pour eux."
        if touched
        else "Aucun critère n’en est touché."
    )
    text = (
        f"{len(kept)} phrase{many} ({about}) n’{'ont' if many else 'a'} pas été envoyée{many} au modèle, "
        f"comme le demande le réglage PRELECTURE_SENSITIVE. {reach}"
    )
    return (Notice(kind="kept_home", text=text, detail=f"Pages\u00a0: {pages}"),)


def _touches(task: Task, home: frozenset[str]) -> bool:
    ranked = (sid for finding in task.match.requirements for sid in (*finding.sentences, *finding.nearest))
    return not home.isdisjoint(ranked)
