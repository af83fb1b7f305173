"""What the process that watches a reading and the one that reads say to each other through the folder they share."""

import json
from dataclasses import asdict, dataclass

ORDER, FILE, DOSSIER = "order.json", "dossier.pdf", "dossier.json"


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """What to read and what to leave; `lost` maps pages (1-based) to the reason why they are left.

    Those of `again` are tried once more, after the others.
    """

    file: str
    official: tuple[str, ...]
    lost: dict[int, str]
    again: tuple[int, ...]
    structure_lost: bool
    pictures_lost: str
    memory_mb: int

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "ReadingOrder":
        raw = json.loads(text)
        return cls(
            raw["file"],
            tuple(raw["official"]),
            {int(page): reason for page, reason in raw["lost"].items()},
            tuple(raw["again"]),
            raw["structure_lost"],
            raw["pictures_lost"],
            raw["memory_mb"],
        )
