"""One call to an OpenAI-compatible chat endpoint: the only module that knows langchain and openai's errors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assistant.errors import (
    ModelAnswerUnusable,
    ModelBusy,
    ModelError,
    ModelKeyRefused,
    ModelNotFound,
    ModelRequestRefused,
    ModelUnreachable,
)
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

WayOfAsking = Literal["json_schema", "function_calling", "json_mode"]
CUT = "La réponse du modèle est coupée\u00a0: augmentez PRELECTURE_MODEL_OUTPUT."
WITHHELD = "Le modèle a refusé de répondre pour ce critère."
LONGEST_ANSWER = 400_000
"""Characters; an answer beyond is a fault, not an answer."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The text of an answer (JSON, as asked) and the tokens the endpoint says it took; 0 where it does not say."""

    text: str
    input_tokens: int
    output_tokens: int


class Endpoint:
    """A chat endpoint as the settings describe it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._chat: ChatOpenAI | None = None

    def complete(self, system: str, user: str, name: str, schema: Mapping[str, Any], way: WayOfAsking) -> Completion:
        """Asks once. Raises the ModelErrors."""
        import openai

        try:
            answer = self._client().bind(**_asked(name, schema, way)).invoke([("system", system), ("human", user)])
        except openai.OpenAIError as error:
            raise _typed(error, self._settings) from error
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            # What langchain makes of an answer that is no chat completion: null choices, an HTML page, other encodings.
            raise ModelUnreachable("Le modèle a répondu dans une forme inconnue\u00a0; réessayez.") from error
        return _raw(answer, way)

    def _client(self) -> "ChatOpenAI":
        if self._chat is None:
            from langchain_openai import ChatOpenAI

            key = self._settings.model_api_key
            self._chat = ChatOpenAI(
                model=self._settings.model or "",
                base_url=self._settings.model_base_url,
                api_key=(lambda: key.get_secret_value()) if key else (lambda: "none"),
                temperature=0.0,
                timeout=self._settings.model_seconds,
                max_retries=0,
                extra_body={"max_tokens": self._settings.model_output},
            )
        return self._chat


def _asked(name: str, schema: Mapping[str, Any], way: WayOfAsking) -> dict[str, Any]:
    if way == "json_schema":
        described = {"name": name, "schema": dict(schema), "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": described}}
    if way == "function_calling":
        function = {"name": name, "description": "Réponse attendue.", "parameters": dict(schema)}
        return {
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": {"name": name}},
        }
    return {"response_format": {"type": "json_object"}}


def _raw(answer: Any, way: WayOfAsking) -> Completion:
    finish = answer.response_metadata.get("finish_reason")
    if finish == "length":
        raise ModelAnswerUnusable(CUT)
    if finish == "content_filter" or answer.additional_kwargs.get("refusal"):
        raise ModelAnswerUnusable(WITHHELD)
    text = str(answer.content or "")
    if way == "function_calling":
        text = _arguments(answer) or text
    if not text.strip():
        raise ModelAnswerUnusable("Le modèle a rendu une réponse vide.")
    if len(text) > LONGEST_ANSWER:
        raise ModelAnswerUnusable("Le modèle a rendu une réponse démesurée.")
    used = answer.usage_metadata or {}
    return Completion(text, int(used.get("input_tokens", 0)), int(used.get("output_tokens", 0)))


def _arguments(answer: Any) -> str:
    """The arguments of the tool call: parsed ones as JSON again, those langchain could not parse as they came."""
    if answer.tool_calls:
        return json.dumps(answer.tool_calls[0]["args"], ensure_ascii=False)
    return str(answer.invalid_tool_calls[0]["args"]) if answer.invalid_tool_calls else ""


def _typed(error: Exception, settings: Settings) -> ModelError:
    """The endpoint's failure in our words, and whether trying again may help."""
    import openai

    if isinstance(error, openai.LengthFinishReasonError):
        return ModelAnswerUnusable(CUT)
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return ModelAnswerUnusable(WITHHELD)
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return ModelKeyRefused("La clé du modèle est refusée\u00a0: vérifiez PRELECTURE_MODEL_API_KEY.")
    if isinstance(error, openai.NotFoundError):
        return ModelNotFound(
            f"Le modèle «\u00a0{settings.model}\u00a0» est inconnu à cette adresse\u00a0: vérifiez son nom."
        )
    if isinstance(error, openai.RateLimitError):
        busy = ModelBusy("Le modèle reçoit trop de demandes\u00a0; réessayez dans un moment.")
        busy.wait = _retry_after(error.response.headers)
        return busy
    if isinstance(error, openai.APITimeoutError):
        return ModelUnreachable(f"Le modèle n’a pas répondu en {settings.model_seconds:.0f}\u00a0s\u00a0; réessayez.")
    if isinstance(error, openai.APIConnectionError):
        return ModelUnreachable("Le modèle ne peut pas être joint\u00a0: vérifiez l’adresse et la connexion.")
    if isinstance(error, openai.APIStatusError):
        if error.status_code >= 500:
            down = ModelUnreachable("Le serveur du modèle est en panne\u00a0; réessayez dans un moment.")
            down.wait = _retry_after(error.response.headers)
            return down
        return ModelRequestRefused(f"Le serveur du modèle a refusé la demande ({error.status_code}).")
    return ModelUnreachable("Le modèle a répondu dans une forme inconnue\u00a0; réessayez.")


def _retry_after(headers: Any) -> float | None:
    """Seconds, where the endpoint gives them as a number."""
    try:
        return max(0.0, float(headers.get("retry-after")))
    except (TypeError, ValueError):
        return None
