"""Every error a user can meet: typed, with a plain French sentence and whether trying again may help."""

from collections.abc import Sequence
from typing import ClassVar


class PrelectureError(Exception):
    """Base of the errors shown to a person; `message` is one French sentence that says what to do."""

    retryable: ClassVar[bool] = False
    away: ClassVar[bool] = False
    """Whether it is something around the dossiers that does not answer now: none of them is to blame, and it comes back."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnreadableDossier(PrelectureError):
    """The file handed in cannot be read as a dossier (not a PDF, empty, encrypted, damaged…)."""


class NothingReadable(UnreadableDossier):
    """The file opens, and not one of its pages holds anything to read; `unread` says why, as (page, reason)."""

    def __init__(self, message: str, unread: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__(message)
        self.unread = tuple(unread)


class ReadingTimeout(UnreadableDossier):
    """Reading took longer, or more memory, than its ceiling."""

    retryable = True


class Cancelled(PrelectureError):
    """A person stopped the run; what was finished is kept, and it goes on from there when asked again."""

    retryable = True


class Superseded(PrelectureError):
    """This try does not hold the run any more: another worker took it up, or it was withdrawn. It writes nothing."""


class ReferentielError(PrelectureError):
    """A référentiel does not exist or does not validate; names the file and the field."""


class WorkbookFaults(ReferentielError):
    """A workbook that cannot be read back; `faults` are in the order of its sheets and rows, each with its place."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        many = len(faults) > 1
        super().__init__(
            f"Ce classeur a {len(faults)} erreur{'s' if many else ''}\u00a0: rien n’en a été repris. "
            f"Corrigez-{'les' if many else 'la'} et relisez-le."
        )


class StoreError(PrelectureError):
    """The database or the folder of files cannot be used."""

    retryable = True


class StoreAway(StoreError):
    """The database, or the place where files are, does not answer now."""

    away = True


class DiskFull(StoreAway):
    """No room is left where something was to be written; nothing of it was."""


class FileGone(StoreError):
    """A kept file is not there any more, or was altered: it has to be handed in again."""

    retryable = False


class IndexFailure(PrelectureError):
    """The vector store or the embeddings endpoint did not answer as it should."""

    retryable = True


class EmbeddingsAway(IndexFailure):
    """The embeddings endpoint cannot be reached, or is at fault (5xx, 429)."""

    away = True


class AccessDenied(PrelectureError):
    """This person may not do this with this dossier. What was refused is kept for the audit: ids and acts, no names."""

    def __init__(self, message: str, *, person: str = "", act: str = "", subject: str = "") -> None:
        super().__init__(message)
        self.person, self.act, self.subject = person, act, subject


class IncompleteDossier(AccessDenied):
    """The organiser says that this file is incomplete: nobody reads it before they say it is complete."""


class InvalidInput(PrelectureError):
    """What was filled in is empty, too long or not of the expected form."""


class TooManyUploads(InvalidInput):
    """This person handed in more, larger or faster than the installation takes from one person."""


class NotFound(PrelectureError):
    """Nothing is known under this id."""


class EditConflict(PrelectureError):
    """The text was changed elsewhere since it was opened; nothing is overwritten. `current`: what stands now, if known."""

    def __init__(self, message: str, current: object = None) -> None:
        super().__init__(message)
        self.current = current


class DecisionRefused(PrelectureError):
    """The référentiel's scale has no room for this decision."""


class SettingsError(PrelectureError):
    """A setting does not validate; names it."""


class PromptError(PrelectureError):
    """A prompt file does not validate, or a variable of it is missing or unused; names the file."""


class ModelError(PrelectureError):
    """A call to the language model did not give a usable answer; one criterion or window is concerned."""

    wait: float | None = None
    """Seconds the endpoint asked to wait before trying again."""


class PrivacyUnavailable(ModelError):
    """What hides personal data is not installed, so that nothing may leave the machine."""


class ModelKeyRefused(ModelError):
    """The endpoint refused the key (401, 403)."""


class ModelNotFound(ModelError):
    """The endpoint does not know the model, or the address is not one of an OpenAI-compatible server (404)."""


class ModelBusy(ModelError):
    """Too many requests or tokens (429)."""

    retryable = True
    away = True


class ModelUnreachable(ModelError):
    """No connection, a broken one, no answer in time, or a server at fault (5xx)."""

    retryable = True
    away = True
    answered: bool = False
    """Whether a server said so itself: another way of asking may then pass."""


class ModelRequestRefused(ModelError):
    """The endpoint refused the request as it was made (400, 422): too long, or a way of asking it does not know."""


class ModelContextExceeded(ModelRequestRefused):
    """What was sent is longer than the model's context: half of it may pass."""


class ModelAnswerUnusable(ModelError):
    """The answer is empty, cut off, withheld, too long, or not what was asked for."""

    detail: str = ""
    """What was wrong, for the model alone: it may hold words of its answer."""


class BudgetSpent(ModelError):
    """The tokens, or the time, allowed for one dossier are spent."""


class CallNotRecorded(ModelError):
    """A recording is replayed and does not hold this call: the prompt, the dossier or the settings changed."""
