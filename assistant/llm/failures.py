"""The failures of endpoints in our words: what happened, what to do, and when trying again may help.

Providers differ in their classes and agree on HTTP: an error is told by the status it carries, then by its name.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from assistant.errors import (
    ModelAnswerUnusable,
    ModelBusy,
    ModelContextExceeded,
    ModelError,
    ModelKeyRefused,
    ModelNotFound,
    ModelRequestRefused,
    ModelUnreachable,
)
from assistant.settings import Settings

LONGEST_PROMISE = 24 * 3600.0
"""Seconds; an endpoint that asks for more is simply away."""
CUT = "La réponse du modèle est coupée\u00a0: augmentez PRELECTURE_MODEL_OUTPUT."
WITHHELD = "Le modèle a refusé de répondre pour ce critère."
UNKNOWN_FORM = "Le modèle a répondu dans une forme inconnue\u00a0; réessayez."
_TOO_LONG = re.compile(
    r"context[ _-]?(?:length|window|size)|maximum context|context_length_exceeded|prompt is too long|"
    r"too many (?:input )?tokens|"
    r"input is too long|exceeds? the (?:context|model|available context)|n_ctx|reduce the length",
    re.IGNORECASE,
)


def typed(
    error: Exception, settings: Settings, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> ModelError | None:
    """The failure as one of our errors; None for what is no failure of an endpoint."""
    status = _status(error)
    name = type(error).__name__
    if name == "LengthFinishReasonError":
        return ModelAnswerUnusable(CUT)
    if name == "ContentFilterFinishReasonError":
        return ModelAnswerUnusable(WITHHELD)
    if status in {401, 403}:
        return ModelKeyRefused("La clé du modèle est refusée\u00a0: vérifiez PRELECTURE_MODEL_API_KEY.")
    if status == 404:
        return ModelNotFound(
            f"Le modèle «\u00a0{settings.model}\u00a0» est inconnu à cette adresse\u00a0: vérifiez son nom."
        )
    if status == 413 or (status in {400, 422} and _TOO_LONG.search(str(error))):
        return ModelContextExceeded(
            "Le passage envoyé est trop long pour ce modèle\u00a0: réduisez PRELECTURE_MODEL_CONTEXT."
        )
    if status == 429:
        return _later(ModelBusy, "Le modèle reçoit trop de demandes", error, now())
    if status is not None and status < 300:
        return ModelUnreachable(UNKNOWN_FORM)
    if status is not None and status >= 500:
        return _later(ModelUnreachable, "Le serveur du modèle est en panne", error, now())
    if status is not None and 300 <= status < 400:
        return ModelRequestRefused(
            "Cette adresse renvoie ailleurs\u00a0: donnez l’adresse finale du modèle, rien n’est suivi."
        )
    if status is not None:
        return ModelRequestRefused(f"Le serveur du modèle a refusé la demande ({status}).")
    if "Timeout" in name:
        return ModelUnreachable(f"Le modèle n’a pas répondu en {settings.model_seconds:.0f}\u00a0s\u00a0; réessayez.")
    if re.search(r"Connect|Network|Protocol|ReadError|WriteError|Remote|Transport", name):
        return ModelUnreachable("Le modèle ne peut pas être joint\u00a0: vérifiez l’adresse et la connexion.")
    if type(error).__module__.split(".")[0] in {
        "openai",
        "anthropic",
        "mistralai",
        "ollama",
        "httpx",
        "httpx2",
        "google",
    }:
        return ModelUnreachable(UNKNOWN_FORM)
    return None


def _status(error: Exception) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _later(kind: type[ModelBusy] | type[ModelUnreachable], what: str, error: Exception, now: datetime) -> ModelError:
    """With the time at which to try again, where the endpoint gives it: "réessayez vers 14 h 20"."""
    wait = retry_after(getattr(getattr(error, "response", None), "headers", {}), now)
    when = "dans un moment"
    if wait is not None and wait >= 60:
        at = (now + timedelta(seconds=wait + 59)).astimezone()
        when = f"vers {at.hour}\u00a0h\u00a0{at.minute:02d}"
    late = kind(f"{what}\u00a0; réessayez {when}.")
    late.wait = wait
    if isinstance(late, ModelUnreachable):
        late.answered = True
    return late


def retry_after(headers: Any, now: datetime) -> float | None:
    """Seconds to wait, from a Retry-After given in seconds or as a date (RFC 9110, 10.2.3); None where there is none."""
    written = headers.get("retry-after") if headers else None
    if written is None:
        return None
    try:
        seconds = float(written)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(written) - now).total_seconds()
        except (TypeError, ValueError):
            return None
    return min(max(0.0, seconds), LONGEST_PROMISE) if seconds == seconds else None
