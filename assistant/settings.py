"""All settings, from the environment (`PRELECTURE_…`) or a `.env` file. Each one is documented in docs/settings.md."""

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

OcrChoice = Literal["auto", "tesseract", "rapidocr", "off"]


class Settings(BaseSettings):
    """Read once per command or page; never changed afterwards."""

    model_config = SettingsConfigDict(env_prefix="PRELECTURE_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(default_factory=lambda: user_data_path("prelecture"))
    database_url: str | None = None

    ocr: OcrChoice = "auto"
    ocr_workers: int = Field(2, ge=1, le=32)

    embedding_model: str | None = None
    embedding_base_url: str | None = None
    embedding_api_key: SecretStr | None = None
    embedding_seconds: float = Field(60.0, gt=0)

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
