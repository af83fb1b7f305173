"""Everything an interface may ask for, made once per process, each family when it is first asked for.

A command needs few of them: loading all takes a third of the time of a short pre-read.
"""

import gc
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.application.installation import Installation
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.application.audit import Audit
    from assistant.application.batches import Batches
    from assistant.application.candidates import Candidates
    from assistant.application.cohorts import Cohorts
    from assistant.application.comparing import Comparisons
    from assistant.application.examples import Examples
    from assistant.application.exports import Exports
    from assistant.application.folder_cohort import FolderCohorts
    from assistant.application.jobs import Jobs
    from assistant.application.keys import Keys
    from assistant.application.lifecycle import Lifecycle
    from assistant.application.organising import Organising
    from assistant.application.outside import Outside
    from assistant.application.own_grids import OwnGrids
    from assistant.application.people import People
    from assistant.application.phrases import Phrases
    from assistant.application.prereads import PreReads
    from assistant.application.previewing import Previews
    from assistant.application.provenance import Provenance
    from assistant.application.queue_control import QueueControl
    from assistant.application.readiness import Readiness
    from assistant.application.referentiels import Referentiels
    from assistant.application.reviews import Reviews
    from assistant.application.same_dossier import SameDossier
    from assistant.application.sessions import Sessions
    from assistant.application.signing_in import SigningIn
    from assistant.application.source_pages import SourcePages
    from assistant.application.usage import UsageOfDrafts
    from assistant.application.working import Working
    from assistant.llm.calls import CallStore


LOOKED_FOR_GARBAGE = 20_000
"""New objects between two looks for those that nothing needs any more. After each 700, as Python does of itself, the looks
take a sixth of the time of loading what asks a model: it makes a million objects that stay."""


class Application:
    """The use cases of one installation, by family. Raises StoreError when the database cannot be opened."""

    def __init__(self, settings: Settings, readers: Path | None = None, calls: "CallStore | None" = None) -> None:
        """`readers`: the socket of a server that forks those who read files, where this process has one; `calls`: see
        Installation."""
        gc.set_threshold(max(LOOKED_FOR_GARBAGE, gc.get_threshold()[0]))
        self._installation = Installation(settings, readers, calls)
        self.settings = settings
        self.engine = self._installation.engine

    @cached_property
    def keys(self) -> "Keys":
        from assistant.application.keys import Keys

        return Keys(self._installation)

    @cached_property
    def people(self) -> "People":
        from assistant.application.people import People

        return People(self._installation)

    @cached_property
    def signing_in(self) -> "SigningIn":
        from assistant.application.signing_in import SigningIn

        return SigningIn(self._installation)

    @cached_property
    def prereads(self) -> "PreReads":
        from assistant.application.prereads import PreReads

        return PreReads(self._installation)

    @cached_property
    def jobs(self) -> "Jobs":
        from assistant.application.jobs import Jobs

        return Jobs(self._installation)

    @cached_property
    def reviews(self) -> "Reviews":
        from assistant.application.reviews import Reviews

        return Reviews(self._installation)

    @cached_property
    def sessions(self) -> "Sessions":
        from assistant.application.sessions import Sessions

        return Sessions(self._installation)

    @cached_property
    def organising(self) -> "Organising":
        from assistant.application.organising import Organising

        return Organising(self._installation)

    @cached_property
    def outside(self) -> "Outside":
        from assistant.application.outside import Outside

        return Outside(self._installation)

    @cached_property
    def phrases(self) -> "Phrases":
        from assistant.application.phrases import Phrases

        return Phrases(self._installation)

    @cached_property
    def referentiels(self) -> "Referentiels":
        from assistant.application.referentiels import Referentiels

        return Referentiels(self._installation)

    @cached_property
    def source_pages(self) -> "SourcePages":
        from assistant.application.source_pages import SourcePages

        return SourcePages(self._installation)

    @cached_property
    def exports(self) -> "Exports":
        from assistant.application.exports import Exports

        return Exports(self._installation)

    @cached_property
    def comparisons(self) -> "Comparisons":
        from assistant.application.comparing import Comparisons

        return Comparisons(self._installation)

    @cached_property
    def candidates(self) -> "Candidates":
        from assistant.application.candidates import Candidates

        return Candidates(self._installation, self.prereads, self.comparisons)

    @cached_property
    def cohorts(self) -> "Cohorts":
        from assistant.application.cohorts import Cohorts

        return Cohorts(self._installation, self.prereads, self.comparisons)

    @cached_property
    def same_dossier(self) -> "SameDossier":
        from assistant.application.same_dossier import SameDossier

        return SameDossier(self._installation, self.cohorts, self.prereads)

    @cached_property
    def examples(self) -> "Examples":
        from assistant.application.examples import Examples

        return Examples(self._installation, self.cohorts, self.prereads)

    @cached_property
    def folder_cohorts(self) -> "FolderCohorts":
        from assistant.application.folder_cohort import FolderCohorts

        return FolderCohorts(self._installation, self.prereads, self.jobs)

    @cached_property
    def own_grids(self) -> "OwnGrids":
        from assistant.application.own_grids import OwnGrids

        return OwnGrids(self._installation)

    @cached_property
    def audit(self) -> "Audit":
        from assistant.application.audit import Audit

        return Audit(self._installation)

    @cached_property
    def lifecycle(self) -> "Lifecycle":
        from assistant.application.lifecycle import Lifecycle

        return Lifecycle(self._installation)

    @cached_property
    def provenance(self) -> "Provenance":
        from assistant.application.provenance import Provenance

        return Provenance(self._installation)

    @cached_property
    def usage(self) -> "UsageOfDrafts":
        from assistant.application.usage import UsageOfDrafts

        return UsageOfDrafts(self._installation)

    @cached_property
    def previews(self) -> "Previews":
        from assistant.application.previewing import Previews

        return Previews(self._installation)

    @cached_property
    def readiness(self) -> "Readiness":
        from assistant.application.readiness import Readiness

        return Readiness(self._installation)

    @cached_property
    def batches(self) -> "Batches":
        from assistant.application.batches import Batches

        return Batches(self._installation, self.jobs, self.organising)

    @cached_property
    def queue(self) -> "QueueControl":
        from assistant.application.queue_control import QueueControl

        return QueueControl(self._installation, self.jobs)

    @cached_property
    def working(self) -> "Working":
        """For a worker."""
        from assistant.application.working import Working

        return Working(self._installation, self.jobs)
