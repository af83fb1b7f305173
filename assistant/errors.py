"""Every error a user can meet: typed, with a plain French sentence and whether trying again may help."""

from typing import ClassVar


class PrelectureError(Exception):
    """Base of the errors shown to a person; `message` is one French sentence that says what to do."""

    retryable: ClassVar[bool] = False

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnreadableDossier(PrelectureError):
    """The file handed in cannot be read as a dossier (not a PDF, empty, encrypted, damaged…)."""


class ReadingTimeout(UnreadableDossier):
    """Reading took longer, or more memory, than its ceiling."""

    retryable = True


class ReferentielError(PrelectureError):
    """A référentiel does not exist or does not validate; names the file and the field."""


class PromptError(PrelectureError):
    """A prompt file does not validate: a missing or unused variable, an unknown key."""


class StoreError(PrelectureError):
    """The database or the folder of files cannot be used."""

    retryable = True


class IndexFailure(PrelectureError):
    """The vector store or the embeddings endpoint did not answer as it should."""

    retryable = True


class ModelError(PrelectureError):
    """A call to the language model failed; the criterion it was for is reported as not drafted."""


class ModelUnavailable(ModelError):
    """Refused, reset, stalled, overloaded: another try may work."""

    retryable = True


class ModelRefused(ModelError):
    """A key, a model name or a content filter stands in the way; trying again unchanged is useless."""


class InvalidAnswer(ModelError):
    """The model answered, twice, something that does not fit the schema."""

    retryable = True


class BudgetExceeded(ModelError):
    """The token budget set for this dossier is spent."""


class Cancelled(PrelectureError):
    """A person pressed stop; what is done is kept."""

    retryable = True


class AccessDenied(PrelectureError):
    """This person may not do this with this dossier."""


class EditConflict(PrelectureError):
    """The text was changed elsewhere since it was opened; nothing is overwritten."""


class SettingsError(PrelectureError):
    """A setting does not validate; names it."""
