"""The JSON object in a model's answer, however it was wrapped, and only if it can be kept and shown."""

import json
import re
from typing import Any

from assistant.errors import ModelAnswerUnusable

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.S | re.I)
_OPEN_THOUGHT = re.compile(r"^\s*.*?</(?:think|thinking|reasoning)>", re.S | re.I)
"""Some servers give the end of a thought without its beginning."""


def object_in(text: str) -> Any:
    """The one JSON value of an answer: between fences, after a thought, after a sentence. Control characters inside
    strings pass.

    Raises ModelAnswerUnusable when there is none, or when it holds characters that no file and no screen can hold.
    """
    bare = _OPEN_THOUGHT.sub("", _THOUGHT.sub("", text)).strip().lstrip("\ufeff")
    value = _decoded(bare)
    _refuse_unsound(value)
    return value


def _decoded(text: str) -> Any:
    decoder = json.JSONDecoder(strict=False)
    for start in (0, text.find("{")):
        if start < 0:
            continue
        try:
            value, end = decoder.raw_decode(text, start)
        except ValueError:
            continue
        except RecursionError as error:
            raise ModelAnswerUnusable("La réponse du modèle est imbriquée sans fin.") from error
        if isinstance(value, dict) and not _more_json(text[end:]):
            return value
    raise ModelAnswerUnusable("La réponse du modèle n’est pas du JSON complet.")


def _more_json(rest: str) -> bool:
    """Whether a second object follows: which of the two is meant cannot be told."""
    return rest.strip(" \n\r\t`").startswith("{")


def _refuse_unsound(value: Any) -> None:
    """Lone surrogates and NUL cannot be written to a file or a database: such an answer is none."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if "\x00" in one or any("\ud800" <= char <= "\udfff" for char in one):
                raise ModelAnswerUnusable("La réponse du modèle contient des caractères inutilisables.")
        elif isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one
