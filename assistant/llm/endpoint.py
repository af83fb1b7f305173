"""One call to a chat model: the only module that knows langchain and the errors of providers.

A model is named alone ("mistral-large") for any OpenAI-compatible server, or with its provider ("mistralai:…",
"anthropic:…", "ollama:…") for langchain's own client of that provider, where its package is installed. Whatever the
client, what is sent passed the mask, no tracing hears it, and no proxy carries it."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assistant.errors import ModelAnswerUnusable, ModelUnreachable, SettingsError
from assistant.llm.failures import CUT, UNKNOWN_FORM, WITHHELD, typed
from assistant.privacy.door import checked, http_client, refuse_proxies, untraced
from assistant.privacy.mask import Masked
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

WayOfAsking = Literal["json_schema", "function_calling", "json_mode"]
LONGEST_ANSWER = 400_000
"""Characters; an answer beyond is a fault, not an answer."""
PROVIDERS = frozenset(
    [
        "anthropic",
        "azure_openai",
        "bedrock",
        "cohere",
        "deepseek",
        "fireworks",
        "google_genai",
        "google_vertexai",
        "groq",
        "huggingface",
        "mistralai",
        "nvidia",
        "ollama",
        "openai",
        "together",
        "xai",
    ]
)
"""Names before a colon that are providers; another colon belongs to a model's own name ("qwen3:8b")."""


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
        self._chat: BaseChatModel | None = None
        provider, colon, _ = (settings.model or "").partition(":")
        self._provider = provider if colon and provider in PROVIDERS else ""

    def get_ready(self) -> None:
        """Loads the library that asks a compatible endpoint, ahead of the first call, which tells what is wrong with it."""
        if not self._provider:
            with suppress(ValueError, OSError):
                self._client()  # takes seconds

    def complete(
        self, system: Masked, user: Masked, name: str, schema: Mapping[str, Any], way: WayOfAsking
    ) -> Completion:
        """Asks once. Raises the ModelErrors; Unmasked when a text passed no mask; SettingsError for a provider not
        installed."""
        checked(system, user)
        messages = [("system", str(system)), ("human", str(user))]
        try:
            with untraced():
                answer = self._asked(name, schema, way, messages)
        except (SettingsError, ModelAnswerUnusable):
            raise
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            # What langchain makes of an answer that is no chat completion: null choices, an HTML page, other encodings.
            raise ModelUnreachable(UNKNOWN_FORM) from error
        return _completion(answer, way)

    def _asked(self, name: str, schema: Mapping[str, Any], way: WayOfAsking, messages: list[tuple[str, str]]) -> Any:
        """The message that came back; a provider's own errors become ours."""
        chat = self._client()
        if not self._provider:
            asking: Any = chat.bind(**_bound(name, schema, way))
        elif way == "json_mode":
            asking = chat
        else:
            described = {"title": name, "description": "Réponse attendue.", **schema}
            asking = chat.with_structured_output(described, method=way, include_raw=True)
        try:
            answer = asking.invoke(messages)
        except Exception as error:
            known = typed(error, self._settings)
            if known is None:
                raise
            raise known from error
        return answer["raw"] if isinstance(answer, dict) else answer

    def _client(self) -> "BaseChatModel":
        if self._chat is None:
            self._chat = self._of_provider() if self._provider else self._compatible()
        return self._chat

    def _compatible(self) -> "BaseChatModel":
        from langchain_openai import ChatOpenAI

        key = self._settings.model_api_key
        return ChatOpenAI(
            model=self._settings.model or "",
            base_url=self._settings.model_base_url,
            api_key=(lambda: key.get_secret_value()) if key else (lambda: "none"),
            temperature=0.0,
            timeout=self._settings.model_seconds,
            max_retries=0,
            http_client=http_client(self._settings.model_seconds),
            openai_proxy=None,
            extra_body={"max_tokens": self._settings.model_output},
        )

    def _of_provider(self) -> "BaseChatModel":
        from langchain.chat_models import init_chat_model

        refuse_proxies()
        settings = self._settings
        more: dict[str, Any] = {}
        if settings.model_base_url:
            more["base_url"] = settings.model_base_url
        if settings.model_api_key:
            more["api_key"] = settings.model_api_key.get_secret_value()
        if self._provider == "openai":
            more["http_client"] = http_client(settings.model_seconds)
        try:
            chat: BaseChatModel = init_chat_model(
                settings.model or "",
                temperature=0.0,
                max_tokens=settings.model_output,
                timeout=settings.model_seconds,
                max_retries=0,
                **more,
            )
        except ImportError as error:
            raise SettingsError(
                f"Le fournisseur «\u00a0{self._provider}\u00a0» demande un paquet de plus\u00a0: installez "
                f"«\u00a0langchain-{self._provider}\u00a0», ou donnez l’adresse d’un serveur compatible OpenAI."
            ) from error
        except ValueError as error:
            raise SettingsError(
                f"Le modèle «\u00a0{settings.model}\u00a0» ne peut pas être préparé\u00a0: vérifiez PRELECTURE_MODEL."
            ) from error
        return chat


def _bound(name: str, schema: Mapping[str, Any], way: WayOfAsking) -> dict[str, Any]:
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


def _completion(answer: Any, way: WayOfAsking) -> Completion:
    finish = answer.response_metadata.get("finish_reason") or answer.response_metadata.get("stop_reason")
    if finish in {"length", "max_tokens"}:
        raise ModelAnswerUnusable(CUT)
    if finish in {"content_filter", "refusal"} or answer.additional_kwargs.get("refusal"):
        raise ModelAnswerUnusable(WITHHELD)
    text = str(answer.content or "")
    if way == "function_calling" or not text.strip():
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
