"""All settings, from the environment (`PRELECTURE_…`) or a `.env` file. Each one is documented in docs/settings.md."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

StructuredMethod = Literal["auto", "json_schema", "function_calling", "json_mode"]
OcrEngine = Literal["auto", "tesseract", "rapidocr", "off"]
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(url: str) -> bool:
    """Whether `url` points at this very machine."""
    return (urlsplit(url).hostname or "") in LOOPBACK


class Settings(BaseSettings):
    """Read once per command or page; never changed afterwards."""

    model_config = SettingsConfigDict(env_prefix="PRELECTURE_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(default_factory=lambda: user_data_path("prelecture"))
    database_url: str | None = None

    ocr: OcrEngine = "auto"
    ocr_workers: int = Field(2, ge=1, le=32)
    page_seconds: float = Field(20.0, gt=0)
    file_seconds: float = Field(600.0, gt=0)
    memory_mb: int = Field(1500, ge=200)

    embedding_model: str | None = None
    embedding_base_url: str | None = None
    embedding_api_key: SecretStr | None = None

    model: str | None = None
    model_base_url: str | None = None
    model_api_key: SecretStr | None = None
    model_method: StructuredMethod = "auto"
    model_context: int = Field(32_000, ge=4_000)
    model_output: int = Field(4_000, ge=256)
    model_concurrency: int = Field(8, ge=1, le=64)
    model_connect_seconds: float = Field(10.0, gt=0)
    model_seconds: float = Field(120.0, gt=0)
    model_retries: int = Field(4, ge=0, le=10)
    token_budget: int = Field(400_000, ge=1_000)
    support_check: bool = True
    pseudonymise: Literal["auto", "always", "never"] = "auto"

    @property
    def database(self) -> str:
        """SQLAlchemy URL: the one set, or a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'prelecture.db'}"

    @property
    def sends_to_remote(self) -> bool:
        """Whether a model is set that does not answer on this machine."""
        return self.model is not None and not is_loopback(self.model_base_url or "https://api.openai.com")


def load_settings() -> Settings:
    """The settings of this moment. Raises SettingsError naming the first setting at fault."""
    from pydantic import ValidationError

    from assistant.errors import SettingsError

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "PRELECTURE_" + "_".join(map(str, first["loc"])).upper()
        raise SettingsError(f"Le réglage {name} n’est pas valable\u00a0: corrigez-le ({first['msg']}).") from error
