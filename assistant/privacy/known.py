"""What is known of a dossier's people before anything of it is masked, and what a person corrected."""

import hashlib
import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a person added to the mask ("also") and took out of it ("never") before a run, as written."""

    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


NO_CORRECTIONS = Corrections()


@dataclass(frozen=True, slots=True)
class KnownIdentity:
    """What was given at upload or is known to the session: people's names and companies' as written; empty strings do
    not count."""

    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a dossier before anything of it is sent: names given at upload or known to the session, and what
    a person corrected in the preview."""

    known: KnownIdentity = field(default_factory=KnownIdentity)
    corrections: Corrections = field(default_factory=Corrections)

    @property
    def key(self) -> str:
        """A hash of it: other names make other requests."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


NOTHING_KNOWN = About()
