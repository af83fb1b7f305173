"""The pre-read and its JSON, format `prelecture/1`: what was found, where, and how it was looked for.

No type here has a field for a mark, a level, a verdict or a rank of a candidate: a pre-read holds no human judgement.
`Evidence.rank` is a sentence's place in the order of reading inside one criterion, from 1.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

PageRead = Literal["text", "ocr", "text+ocr", "partial", "none"]
"""partial: words were read, and something was left unread (a picture, the end of a giant page); the reason says what."""
FileKind = Literal["main", "annex", "deliverable"]
TextSource = Literal["text", "ocr"]
RequirementState = Literal["found", "not_found", "oral_only", "unread"]
DeliverableState = Literal["found", "not_found", "unread"]
Support = Literal["yes", "partly", "no", "unchecked"]
RunStatus = Literal["complete", "partial", "failed"]
NoticeKind = Literal[
    "hidden_text", "altered_text", "unreadable_page", "uncertain_reading", "encrypted", "attachment",
    "annotation", "mismatched_text", "truncated", "damaged", "script", "portfolio", "converted", "too_long",
    "unread_file", "unread_picture", "speaker_notes", "comments", "left_out", "kept_home",
]  # fmt: skip
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points, origin at the top left of the page as it is displayed."""


class Part(BaseModel):
    """Strict and frozen: an unknown key is an error, nothing changes once made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ReferentielRef(Part):
    id: str
    version: str
    sha256: str
    blocs: tuple[str, ...]


class LedgerEntry(Part):
    """How one page was read (1-based); `reason` says why it was not, or not fully."""

    page: int
    read: PageRead
    words: int
    reason: str | None = None


class Notice(Part):
    """A neutral fact about the file; `page` is None when it is about the file as a whole."""

    kind: NoticeKind
    page: int | None = None
    text: str
    detail: str = ""


class FilePart(Part):
    """One file of the dossier, in order; no page and a `failure` (French) when it could not be read."""

    name: str
    sha256: str
    kind: FileKind
    pages: int
    failure: str | None = None


class DossierPart(Part):
    file: str
    sha256: str
    pages: int
    words: int
    ledger: tuple[LedgerEntry, ...]
    unused_pages: tuple[int, ...]
    notices: tuple[Notice, ...]
    files: tuple[FilePart, ...] = ()


class Search(Part):
    """The search record of a requirement: the proof behind a gap. Pages read in part count among the pages read."""

    pages_read: int
    pages_unread: tuple[int, ...]
    pages_partial: tuple[int, ...] = ()
    nearest: tuple[str, ...]
    looked_for: tuple[str, ...] = ()


class RequirementPart(Part):
    id: str
    text: str
    label: str = ""
    state: RequirementState
    evidence: tuple[str, ...]
    search: Search


class EvidenceEnd(Part):
    """Where a quote cut by the end of its page goes on."""

    page: int
    boxes: tuple[Box, ...]


def _with_ranks(evidence: object) -> object:
    """Evidence kept before ranks were written held a likelihood, `score`; the order was the same."""
    if not isinstance(evidence, list | tuple):
        return evidence
    return [
        {**{key: value for key, value in one.items() if key != "score"}, "rank": place}
        if isinstance(one, dict) and "score" in one
        else one
        for place, one in enumerate(evidence, start=1)
    ]


class Evidence(Part):
    id: str
    page: int
    quote: str
    boxes: tuple[Box, ...]
    source: TextSource
    rank: int
    over: EvidenceEnd | None = None


EvidenceList = Annotated[tuple[Evidence, ...], BeforeValidator(_with_ranks)]


class Statement(Part):
    """Drafted words with the ids of the sentences they rest on; none left means "sans source".

    `unsourced` are its numbers, dates, names and quoted words that stand in no cited sentence. `prompt` names the
    prompt, its version and hash, and the kept call: "drafting 1:1f0a… 9c2e…".
    """

    text: str
    citations: tuple[str, ...]
    support: Support = "unchecked"
    unsourced: tuple[str, ...] = ()
    prompt: str | None = None


class Gap(Part):
    """What was not found under a requirement, or not wholly; `citations` are sentences that admit or announce it."""

    requirement: str
    text: str
    citations: tuple[str, ...] = ()
    support: Support = "unchecked"
    prompt: str | None = None


class CriterionPart(Part):
    id: str
    assessed_by: tuple[str, ...]
    requirements: tuple[RequirementPart, ...]
    shown: tuple[str, ...] = ()
    """Ids of the sentences that are shown unfolded, in order; each stands in `evidence`."""
    evidence: EvidenceList
    observation: tuple[Statement, ...]
    gaps: tuple[Gap, ...]
    questions: tuple[Statement, ...]
    failure: str | None = None
    withheld: int = 0


class DeliverablePart(Part):
    id: str
    state: DeliverableState
    evidence: EvidenceList


class Tokens(Part):
    input: int = 0
    output: int = 0


class Provenance(Part):
    software: str
    drafter: str
    embedding: str
    prompts: dict[str, str] = Field(default_factory=dict)
    settings_sha256: str
    calls: int = 0
    tokens: Tokens = Tokens()
    dropped_citations: int = 0
    withheld_statements: int = 0
    support_check: bool = False
    ai_generated: bool = True


class PreRead(Part):
    """The whole result for one dossier and one référentiel."""

    format: Literal["prelecture/1"] = "prelecture/1"
    status: RunStatus
    reasons: tuple[str, ...] = ()
    referentiel: ReferentielRef
    dossier: DossierPart
    criteria: tuple[CriterionPart, ...]
    deliverables: tuple[DeliverablePart, ...]
    provenance: Provenance

    def to_json(self) -> str:
        """The same pre-read always gives the same bytes."""
        return self.model_dump_json(indent=1) + "\n"
