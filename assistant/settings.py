"""All settings, from the environment (`PRELECTURE_…`) or a `.env` file. Each one is documented in docs/settings.md."""

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

Method = Literal["auto", "json_schema", "function_calling", "json_mode"]
Pseudonyms = Literal["auto", "on", "off"]
Sensitive = Literal["masked", "home"]
"""Sentences on health, disability, religion or union: sent without any name, or not sent at all."""
LogStderr = Literal["auto", "on", "off"]
SignInMode = Literal["local", "oidc"]
FAKE = "fake"
"""The name of the stub that stands for a model."""
QueueChoice = Literal["embedded", "postgresql"]
"""Where pre-reads wait: in the process that was asked, or in a queue that workers on any machine take from."""
OcrChoice = Literal["auto", "tesseract", "rapidocr", "off"]


class Settings(BaseSettings):
    """Read once per command or page; never changed afterwards."""

    model_config = SettingsConfigDict(env_prefix="PRELECTURE_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(default_factory=lambda: user_data_path("prelecture"))
    database_url: str | None = None
    files_url: str | None = None
    files_endpoint: str | None = None
    files_region: str | None = None
    files_key: str | None = None
    files_secret: SecretStr | None = None
    queue: QueueChoice = "embedded"
    log_stderr: LogStderr = "auto"
    telemetry_endpoint: str | None = None

    ocr: OcrChoice = "auto"
    ocr_workers: int = Field(2, ge=1, le=32)

    embedding_model: str | None = None
    embedding_base_url: str | None = None
    embedding_api_key: SecretStr | None = None
    embedding_seconds: float = Field(60.0, gt=0)

    model: str | None = None
    model_base_url: str | None = None
    model_api_key: SecretStr | None = None
    model_method: Method = "auto"
    model_context: int = Field(32_000, ge=4_000)
    model_output: int = Field(4_000, ge=256)
    model_concurrency: int = Field(8, ge=1, le=64)
    model_seconds: float = Field(120.0, gt=0)
    model_patience: float = Field(300.0, ge=0)
    model_run_seconds: float = Field(3600.0, gt=0)
    model_budget: int = Field(600_000, ge=1)
    model_calls_per_minute: int | None = Field(None, ge=1)
    model_tokens_per_minute: int | None = Field(None, ge=1)
    grid_template: Path | None = None
    support_check: bool = True
    pseudonyms: Pseudonyms = "auto"
    sensitive: Sensitive = "masked"

    sign_in: SignInMode = "local"
    idle_minutes: int = Field(60, ge=1)
    roles_claim: str | None = None
    roles_issuer: str | None = None
    roles_prefix: str = "prelecture-"

    upload_files: int = Field(60, ge=1)
    upload_files_per_hour: int = Field(300, ge=1)
    upload_megabytes_per_day: int = Field(4_000, ge=1)

    jury_months: int = Field(3, ge=1, le=24)
    notify_days: int = Field(15, ge=1, le=365)

    keep_own_days: int = Field(365, ge=1)
    keep_session_days: int = Field(730, ge=1)
    keep_cache_days: int = Field(90, ge=1)
    keep_calls_days: int = Field(365, ge=180)

    @property
    def database(self) -> str:
        """SQLAlchemy URL: the one set, or a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'prelecture.db'}"


def load_settings() -> Settings:
    """The settings of this moment. Raises SettingsError naming the first setting at fault."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "PRELECTURE_" + "_".join(map(str, first["loc"])).upper()
        raise SettingsError(f"Le réglage {name} n’est pas valable\u00a0: corrigez-le ({first['msg']}).") from error
