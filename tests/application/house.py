"""An installation for tests: its people, one session, and pre-reads made by hand, so that no file is read."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import update

from assistant.access.actor import OPERATOR, Actor
from assistant.access.matrix import Link
from assistant.application.context import Decision, Kind
from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.place import place_of
from assistant.application.session_lists import CandidacyView
from assistant.dossier.model import Dossier, DossierFile, Page, Sentence
from assistant.referentiel.catalogue import LoadedReferentiel, loaded_from
from assistant.result import (
    CriterionPart,
    DossierPart,
    Evidence,
    Gap,
    LedgerEntry,
    PreRead,
    Provenance,
    ReferentielRef,
    RequirementPart,
    Search,
    Statement,
)
from assistant.review.items import items_of
from assistant.review.values import JURY
from assistant.review.work import Work, work_of
from assistant.settings import Settings
from assistant.store.engine import reading, writing
from assistant.store.journal import Journal, Revision
from assistant.store.prereads import PreReads, Results
from assistant.store.referentiels import Referentiels
from assistant.store.sessions import SessionRecord, Sessions
from assistant.store.tables import PREREADS

PDF = b"%PDF-1.7\n% nobody reads this one\n"
PAGES = 9
SOURCE = """id: essai
version: "{version}"
title: Certification d’essai
scale: points
blocs:
  - id: B0
    criteria:
      - {{id: C1, text: "Le candidat relève des points de friction{more}.", points: 2.0, assessed_by: [dossier]}}
      - {{id: C2, text: "Le candidat présente ses choix.", assessed_by: [dossier]}}
"""
SENTENCES = {"p4s1": (4, "Je relève deux frictions."), "p7s1": (7, "47 devis"), "p2s3": (2, "Je compte.")}


def essay(version: str = "1", more: str = "") -> LoadedReferentiel:
    """A référentiel of two criteria: C1 in points (2 at most), C2 without a scale."""
    return loaded_from(SOURCE.format(version=version, more=more), "essai.yaml")


def dossier() -> Dossier:
    """Nine pages, three sentences; the one of page 7 was read by OCR."""
    pages = tuple(Page(number, str(number), 595.0, 842.0, "") for number in range(1, PAGES + 1))
    sentences = tuple(
        Sentence(
            sid, page, 0, len(text), text, ((72.0, 100.0, 300.0, 112.0),), "ocr" if page == 7 else "text", "prose",
            "body", "",
        )
        for sid, (page, text) in SENTENCES.items()
    )  # fmt: skip
    ledger = tuple(LedgerEntry(page=page.number, read="text", words=10) for page in pages)
    files = (DossierFile("d.pdf", "ab", "main", PAGES),)
    return Dossier("d.pdf", "ab", pages, sentences, (), ledger, (), files=files)


def part(name: str, drafted: str = "") -> CriterionPart:
    """A criterion with an observation, a gap and a question."""
    search = Search(pages_read=PAGES, pages_unread=(), nearest=("p2s3",), looked_for=("texte",))
    evidence = tuple(
        Evidence(id=sid, page=page, quote=text, boxes=(), source="ocr" if page == 7 else "text", rank=rank)
        for rank, (sid, (page, text)) in enumerate(SENTENCES.items(), start=1)
    )
    return CriterionPart(
        id=name,
        assessed_by=("dossier",),
        requirements=(
            RequirementPart(id=f"{name}.r1", text="frictions", state="found", evidence=("p4s1",), search=search),
        ),
        evidence=evidence,
        observation=(Statement(text=f"{name} constat{drafted}", citations=("p4s1",)),),
        gaps=(Gap(requirement=f"{name}.r1", text=f"{name} manque{drafted}"),),
        questions=(Statement(text=f"{name} question{drafted}", citations=("p7s1",)),),
    )


def result(referentiel: LoadedReferentiel, drafted: str = "") -> PreRead:
    """A complete pre-read; `drafted` makes its items other ones."""
    content = referentiel.content
    return PreRead(
        status="complete",
        referentiel=ReferentielRef(id=content.id, version=content.version, sha256=referentiel.sha256, blocs=("B0",)),
        dossier=DossierPart(
            file="d.pdf", sha256="ab", pages=PAGES, words=90, unused_pages=(), notices=(), ledger=dossier().ledger
        ),
        criteria=(part("C1", drafted), part("C2", drafted)),
        deliverables=(),
        provenance=Provenance(software="prelecture", drafter="extractive", embedding="lexical", settings_sha256="0"),
    )


@dataclass
class House:
    """One installation with its people and one session, and the calls that tests make most."""

    app: Application
    anne: Actor
    bruno: Actor
    chloe: Actor
    trainer: Actor
    organiser: Actor
    administrator: Actor
    session: str

    def founded(
        self, organiser: Actor, title: str = "Juin", *, blind_first: bool = False,
        referentiel: LoadedReferentiel | None = None,
    ) -> str:  # fmt: skip
        """A session of the référentiel of these tests, which no catalogue holds."""
        loaded = referentiel or essay()
        content = loaded.content
        with writing(self.app.engine) as connection:
            Referentiels(connection).keep(
                loaded.sha256, content.id, content.version, content.title or "", loaded.source
            )
            made: SessionRecord = Sessions(connection).add(
                title, None, loaded.sha256, content.id, (), blind_first=blind_first, created_by=organiser.person
            )
        return made.id

    def candidate(
        self, number: str = "0417", *, trained: bool = True, session: str = "", by: Actor | None = None
    ) -> str:
        """A candidate whose dossier is read, and whom nobody reads yet."""
        made = self.app.sessions.add_candidate(
            by or self.organiser, session or self.session, number, [UploadedFile("d.pdf", PDF + uuid4().bytes)],
            trainer=self.trainer.person if trained else "",
        )  # fmt: skip
        self.finish(self.view(made).preread or "")
        return made

    def finish(self, preread: str, drafted: str = "") -> str:
        """Gives a pre-read a complete result, as a run would."""
        with writing(self.app.engine) as connection:
            record = PreReads(connection).get(preread)
            assert record is not None
            kept = Referentiels(connection).get(record.referentiel_sha256)
            assert kept is not None
            made = result(loaded_from(kept.content, kept.id), drafted)
            Results(connection).save(preread, made.to_json().encode(), TypeAdapter(Dossier).dump_json(dossier()))
            PreReads(connection).finish(preread, "complete")
        return preread

    def own(self, actor: Actor, name: str = "d.pdf") -> str:
        """A dossier of somebody's own, outside any session, read; its review."""
        preread = self.app.prereads.add(actor, [UploadedFile(name, PDF + uuid4().bytes)], "cycle-client-ia")
        loaded = essay()
        with writing(self.app.engine) as connection:
            Referentiels(connection).keep(loaded.sha256, "essai", "1", "", loaded.source)
            connection.execute(
                update(PREREADS).where(PREREADS.c.id == preread).values(referentiel_sha256=loaded.sha256)
            )
        self.finish(preread)
        return self.app.prereads.review_id(actor, preread)

    def view(self, review: str) -> CandidacyView:
        return self.app.sessions.candidacy(self.administrator, review)

    def seat(self, review: str, *jurors: Actor, link: Link = "none", first: int = 1) -> str:
        """Gives the dossier to these jurors, who declare `link`."""
        for place, juror in enumerate(jurors, start=first):
            self.app.sessions.assign(self.organiser, review, juror.person, place)
            if link:
                self.app.sessions.declare(juror, review, link)
        return review

    def jury(self, number: str = "0417") -> str:
        """A candidate read by Anne and Bruno, who declared no link."""
        return self.seat(self.candidate(number), self.anne, self.bruno)

    def lock(self, review: str, *jurors: Actor) -> str:
        for juror in jurors:
            self.write(juror, review, "lock", "", {})
        return review

    def write(
        self, actor: Actor, review: str, kind: Kind, criterion: str, value: Mapping[str, Any] | None, *,
        item: str = "", base: int | None = None, event: str = "",
    ) -> Revision:  # fmt: skip
        """One act, drawn from what stands now unless `base` says otherwise. Raises what refuses it."""
        if base is None:
            author = JURY if kind == "agreed" else actor.person
            with reading(self.app.engine) as connection:
                latest = place_of(connection, review).latest(author, kind, criterion, item)
            base = latest.version if latest else 0
        sent = Event(
            id=event or uuid4().hex, kind=kind, criterion=criterion, item=item,
            value=dict(value) if value is not None else None, base=base,
        )  # fmt: skip
        return self.app.reviews.record(actor, review, sent)

    def note(self, actor: Actor, review: str, text: str, base: int | None = None, criterion: str = "C1") -> Revision:
        return self.write(actor, review, "note", criterion, {"text": text}, base=base)

    def choose(
        self, actor: Actor, review: str, item: str, verdict: str | None, text: str = "", criterion: str = "C1"
    ) -> Revision:
        value = None if verdict is None else {"verdict": verdict, "text": text}
        return self.write(actor, review, "choice", criterion, value, item=item)

    def decide(self, actor: Actor, review: str, decision: Decision, criterion: str = "C1") -> Revision:
        value = {"points": decision.points, "level": decision.level, "text": decision.text}
        return self.write(actor, review, "decision", criterion, value)

    def propose(
        self, actor: Actor, review: str, decision: Decision, text: str = "", base: int = 0, criterion: str = "C1"
    ) -> Revision:
        stated = {"points": decision.points, "level": decision.level, "text": decision.text}
        return self.write(actor, review, "agreed", criterion, {"text": text, "decision": stated}, base=base)

    def consent(self, actor: Actor, review: str, version: int, criterion: str = "C1") -> Revision:
        return self.write(actor, review, "consent", criterion, {"version": version})

    def work(self, actor: Actor, review: str) -> Work:
        """The actor's own work, as they may see it."""
        return self.app.reviews.context(actor, review).work

    def rows(self, review: str, person: str) -> tuple[Revision, ...]:
        """What the journal holds now of one person, whoever may see it."""
        with reading(self.app.engine) as connection:
            return Journal(connection).current(review, person)

    def kept(self, review: str, person: str) -> Work:
        """One person's work, whoever may see it."""
        with reading(self.app.engine) as connection:
            return place_of(connection, review).work(person)


def items(criterion: str = "C1", drafted: str = "") -> tuple[str, str, str]:
    """The ids of the observation, the gap and the question of a criterion."""
    observation, gap, question = (item.id for item in items_of(part(criterion, drafted)))
    return observation, gap, question


@cache
def _begun() -> tuple[bytes, House]:
    """The database of an installation with its people and its session, made once in this process."""
    with tempfile.TemporaryDirectory() as folder:
        made = housed(Application(Settings(data_dir=Path(folder), model=None)))
        made.app.engine.dispose()
        return (Path(folder) / "prelecture.db").read_bytes(), made


def house(settings: Settings) -> House:
    """An installation of its own that has them; on SQLite, a copy of one."""
    file = settings.data_dir / "prelecture.db"
    if settings.database_url is not None or file.exists():
        return housed(Application(settings))
    data, made = _begun()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return replace(made, app=Application(settings))


def housed(app: Application) -> House:
    """The people and the session, in an installation that has none yet."""
    join = app.people.join
    made = House(
        app,
        join(OPERATOR, "Anne", "juror"),
        join(OPERATOR, "Bruno", "juror"),
        join(OPERATOR, "Chloé", "juror"),
        join(OPERATOR, "Théo", "juror"),
        join(OPERATOR, "Odile", "organiser"),
        join(OPERATOR, "Agathe", "administrator"),
        "",
    )
    made.session = made.founded(made.organiser)
    return made


__all__ = ["House", "essay", "house", "housed", "items", "work_of"]
