"""What the tests of workers ask of an installation, and look at in it."""

from uuid import uuid4

from sqlalchemy import select

from assistant.application.handing_in import UploadedFile
from assistant.store.engine import reading
from assistant.store.prereads import PreReadRecord, PreReads
from assistant.store.tables import AUDIT, WORK
from tests.application.house import PDF, House


def asked(made: House, data: bytes = PDF, urgency: int | None = None) -> str:
    """A candidate's dossier whose pre-read waits; its id."""
    number = uuid4().hex[:8]
    candidacy = made.app.sessions.add_candidate(
        made.organiser, made.session, number, [UploadedFile("d.pdf", data + number.encode())]
    )
    preread = made.view(candidacy).preread or ""
    if urgency is None:
        made.app.jobs.start(made.organiser, preread)
    else:
        made.app.jobs.start(made.organiser, preread, urgency)
    return preread


def record(made: House, preread: str) -> PreReadRecord:
    with reading(made.app.engine) as connection:
        found = PreReads(connection).get(preread)
    assert found is not None
    return found


def lines(made: House) -> list[tuple[str, str]]:
    with reading(made.app.engine) as connection:
        return [(row.preread, row.state) for row in connection.execute(select(WORK.c.preread, WORK.c.state))]


def ends(made: House, preread: str) -> int:
    """How many ends of it the audit holds."""
    with reading(made.app.engine) as connection:
        acts = AUDIT.c.act.in_(("preread", "preread failed"))
        return len(connection.execute(select(AUDIT.c.seq).where(acts, AUDIT.c.subject == preread)).all())
