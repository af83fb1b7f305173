"""Every table, as the latest migration leaves it. What each one is for is said once, here.

A person's words are in JOURNAL only; PREREADS, RESULTS and STEPS hold what the program made, nothing of a person's judgement.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from assistant.store.columns import METADATA as METADATA
from assistant.store.columns import Moment as Moment
from assistant.store.work_tables import MODEL_TURNS as MODEL_TURNS
from assistant.store.work_tables import SWITCHES as SWITCHES
from assistant.store.work_tables import WORK as WORK
from assistant.store.work_tables import WORKERS as WORKERS

PEOPLE = Table(
    "people",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created", Moment, nullable=False),
)

IDENTITIES = Table(
    "identities",
    METADATA,
    Column("issuer", String(255), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("person", String(64), ForeignKey("people.id"), nullable=False, index=True),
    Column("email", String(200), nullable=False),
)
"""Who a provider says somebody is, and the person that is."""

INVITATIONS = Table(
    "invitations",
    METADATA,
    Column("email", String(200), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("given_by", String(64), nullable=False),
    Column("created", Moment, nullable=False),
)
"""Roles given to addresses that never signed in."""

SIGN_INS = Table(
    "sign_ins",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("person", String(64), ForeignKey("people.id"), nullable=False, index=True),
    Column("started", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("ended", Moment, nullable=True),
)
"""Each sign-in, known by the hash of what the provider's token says of it; over when `ended`, or when idle."""

KEPT_GRIDS = Table(
    "kept_grids",
    METADATA,
    Column("candidacy", String(64), primary_key=True),
    Column("session", String(64), nullable=False, index=True),
    Column("payload", Text, nullable=False),
    Column("kept", Moment, nullable=False),
)
"""What a jury agreed on, without personal content: all that stays of a candidate who was purged, besides the audit."""

DOSSIERS = Table(
    "dossiers",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("candidate_name", String(200), nullable=False),
    Column("company", String(200), nullable=False),
    Column("title", String(255), nullable=False),
    Column("created", Moment, nullable=False),
    Column("withdrawn", Moment, nullable=True),
)

DOSSIER_FILES = Table(
    "dossier_files",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dossier", String(64), ForeignKey("dossiers.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("name", String(255), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("added", Moment, nullable=False),
    Column("removed", Moment, nullable=True),
)
"""`removed`: when it was replaced or taken away; the line stays, so that the history of a dossier can be told."""

REFERENTIELS = Table(
    "referentiels",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("id", String(100), nullable=False, index=True),
    Column("version", String(60), nullable=False),
    Column("title", String(300), nullable=False),
    Column("content", Text, nullable=False),
    Column("kept", Moment, nullable=False),
)
"""The whole text of every version ever used."""

PREREADS = Table(
    "prereads",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("dossier", String(64), ForeignKey("dossiers.id"), nullable=False, index=True),
    Column("referentiel_sha256", String(64), nullable=False, index=True),
    Column("referentiel_id", String(100), nullable=False),
    Column("blocs", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("reasons", Text, nullable=False),
    Column("step", String(64), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("created", Moment, nullable=False),
    Column("started", Moment, nullable=True),
    Column("updated", Moment, nullable=False),
    Column("finished", Moment, nullable=True),
    Column("supersedes", String(64), ForeignKey("prereads.id"), nullable=True, index=True),
)
"""`blocs`, `settings` and `reasons` are JSON."""

RESULTS = Table(
    "results",
    METADATA,
    Column("preread", String(64), ForeignKey("prereads.id"), primary_key=True),
    Column("payload", LargeBinary, nullable=False),
    Column("dossier", LargeBinary, nullable=False),
)
"""A finished pre-read and the dossier as it was read for it: its sentences are what the citations mean."""

STEPS = Table(
    "steps",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("created", Moment, nullable=False, index=True),
)
"""A cache: emptied, only time is lost."""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("held", Date, nullable=True),
    Column("referentiel_sha256", String(64), nullable=False),
    Column("referentiel_id", String(100), nullable=False),
    Column("blocs", Text, nullable=False),
    Column("blind_first", Boolean, nullable=False),
    Column("created_by", String(64), nullable=False, index=True),
    Column("created", Moment, nullable=False),
    Column("opened", Moment, nullable=True),
    Column("archived", Moment, nullable=True),
    Column("frozen", Text, nullable=False, server_default="{}"),
    Column("jury_by", Date, nullable=True),
    Column("notify_by", Date, nullable=True),
)
"""`frozen`: JSON, the settings that the session keeps from the moment it was opened; `jury_by`, `notify_by`: dates."""

ORGANISERS = Table(
    "organisers",
    METADATA,
    Column("session", String(64), ForeignKey("sessions.id"), primary_key=True),
    Column("person", String(64), primary_key=True, index=True),
)
"""Who organises a session besides the person who made it."""

CANDIDACIES = Table(
    "candidacies",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("session", String(64), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("number", String(60), nullable=False),
    Column("name", String(200), nullable=False),
    Column("company", String(200), nullable=False),
    Column("dossier", String(64), ForeignKey("dossiers.id"), nullable=False, index=True),
    Column("preread", String(64), ForeignKey("prereads.id"), nullable=True, index=True),
    Column("trainer", String(64), nullable=False),
    Column("accommodations", Text, nullable=False),
    Column("shown_to_jury", Boolean, nullable=False),
    Column("created", Moment, nullable=False),
    Column("email", String(200), nullable=False, server_default=""),
    Column("blocs", Text, nullable=False, server_default="[]"),
    Column("presence", String(16), nullable=False, server_default=""),
    Column("presence_note", Text, nullable=False, server_default=""),
    Column("complete", String(16), nullable=False, server_default=""),
    Column("complete_note", Text, nullable=False, server_default=""),
    UniqueConstraint("session", "number", name="one_candidate_per_number"),
)
"""`preread`: the one the jury reads; none yet, or none any more when the file was refused. `blocs`: JSON, where this
candidate sits other blocs than the session's; `presence`: "", absent, excused; `complete`: "", complete, incomplete."""

SEATS = Table(
    "seats",
    METADATA,
    Column("candidacy", String(64), ForeignKey("candidacies.id"), primary_key=True),
    Column("person", String(64), ForeignKey("people.id"), primary_key=True, index=True),
    Column("part", Integer, nullable=False),
    Column("link", String(16), nullable=False),
    UniqueConstraint("candidacy", "part", name="one_juror_per_part"),
)
"""Who reads what: `part` 1, 2 or 3 (third reader); `link` what the person declared about the candidate, "" before."""

CHAIN_HEADS = Table(
    "chain_heads",
    METADATA,
    Column("chain", String(16), primary_key=True),
    Column("scope", String(120), primary_key=True),
    Column("length", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    sqlite_with_rowid=False,
)
"""Length and last hash of every chain: it only grows, one row at a time, so that the last rows cannot be cut off unseen."""

JOURNAL = Table(
    "journal",
    METADATA,
    Column("review", String(120), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("person", String(64), nullable=False),
    Column("criterion", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("item", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("event", String(64), nullable=True),
    Column("written", String(32), nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("salt", String(32), nullable=True),
    Column("commitment", String(64), nullable=True),
    UniqueConstraint("review", "person", "criterion", "kind", "item", "version", name="one_value_per_version"),
    UniqueConstraint("event", name="one_row_per_event"),
    sqlite_with_rowid=False,
)
"""What people write, a row per version, only ever added to. `position` counts from 1 within a review; `value` is JSON;
`written` is ISO 8601 in UTC, as it was sealed into the hash. `commitment` is the hash of `salt` and value, and stands for
the value in the row's own hash: the value and its salt can be erased (salt "") and the chain still holds. Rows of before
have neither."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("act", String(64), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_by_subject", "subject", "seq"),
    sqlite_with_rowid=False,
)
"""Who did what, an entry per act, written in the transaction of what it records."""

SHARES = Table(
    "shares",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("dossier", String(64), ForeignKey("dossiers.id"), nullable=False, index=True),
    Column("person", String(64), nullable=False, index=True),
    Column("since", Moment, nullable=False),
    Column("ended", Moment, nullable=True),
)
"""A draft that its owner shows to a trainer, from `since` until `ended`. Never a dossier of a session."""

COHORTS = Table(
    "cohorts",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("referentiel_sha256", String(64), nullable=False),
    Column("referentiel_id", String(100), nullable=False),
    Column("blocs", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("closed", Moment, nullable=True),
)
"""A trainer's group of dossiers for one version of a référentiel; `blocs` is JSON."""

COHORT_DOSSIERS = Table(
    "cohort_dossiers",
    METADATA,
    Column("cohort", String(64), ForeignKey("cohorts.id"), primary_key=True),
    Column("dossier", String(64), ForeignKey("dossiers.id"), primary_key=True, index=True),
    Column("number", Integer, nullable=False),
    Column("added", Moment, nullable=False),
    Column("removed", Moment, nullable=True),
)
"""`number` counts from 1 in the order in which they came: the only order in which they are shown."""

EXAMPLES = Table(
    "examples",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("cohort", String(64), ForeignKey("cohorts.id"), nullable=False, index=True),
    Column("dossier", String(64), ForeignKey("dossiers.id"), nullable=False, index=True),
    Column("preread", String(64), ForeignKey("prereads.id"), nullable=False),
    Column("criterion", String(64), nullable=False),
    Column("sentence", String(32), nullable=False),
    Column("chosen", Moment, nullable=False),
)
"""A sentence that a trainer chose to show others; its words stay in the pre-read, and are masked when they leave it."""

COVERAGES = Table(
    "coverages",
    METADATA,
    Column("preread", String(64), ForeignKey("prereads.id"), primary_key=True),
    Column("payload", Text, nullable=False),
)
"""How near the likeliest sentences of a dossier come to each requirement (JSON): what a cohort is counted from."""
DRAFTS = Table(
    "referentiel_drafts",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("title", String(300), nullable=False),
    Column("source_name", String(255), nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("doubts", LargeBinary, nullable=False),
    Column("created", Moment, nullable=False),
    Column("withdrawn", Moment, nullable=True),
)
"""A référentiel of the installation while it is put right. `doubts`: JSON, compressed; the source lies with the files."""

DRAFT_VERSIONS = Table(
    "referentiel_draft_versions",
    METADATA,
    Column("draft", String(64), ForeignKey("referentiel_drafts.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("drawn_from", Integer, nullable=False),
    Column("person", String(64), nullable=False),
    Column("written", Moment, nullable=False),
    Column("operation", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Every version of a draft, whole (JSON, compressed); `drawn_from` is the one that undoing goes back to."""

PUBLISHED = Table(
    "referentiels_published",
    METADATA,
    Column("id", String(100), primary_key=True),
    Column("version", String(60), primary_key=True),
    Column("sha256", String(64), ForeignKey("referentiels.sha256"), nullable=False),
    Column("draft", String(64), ForeignKey("referentiel_drafts.id"), nullable=False, index=True),
    Column("draft_version", Integer, nullable=False),
    Column("person", String(64), nullable=False),
    Column("published", Moment, nullable=False),
    Column("withdrawn", Moment, nullable=True),
)
"""The versions that may be chosen beside the bundled référentiels; a withdrawn one is not chosen any more."""
GRID_MAPS = Table(
    "referentiel_grid_maps",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("referentiel_id", String(100), nullable=False, index=True),
    Column("name", String(255), nullable=False),
    Column("template_sha256", String(64), nullable=False),
    Column("map", Text, nullable=False),
    Column("person", String(64), nullable=False),
    Column("written", Moment, nullable=False),
)
"""The certifier's own grid of a référentiel and which of its cells hold what (JSON); the file lies with the files."""
