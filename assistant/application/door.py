"""Everything an interface may ask for, made once per process."""

from assistant.application.audit import Audit
from assistant.application.candidates import Candidates
from assistant.application.cohorts import Cohorts
from assistant.application.comparing import Comparisons
from assistant.application.examples import Examples
from assistant.application.exports import Exports
from assistant.application.folder_cohort import FolderCohorts
from assistant.application.installation import Installation
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
from assistant.application.readiness import Readiness
from assistant.application.referentiels import Referentiels
from assistant.application.reviews import Reviews
from assistant.application.sessions import Sessions
from assistant.application.signing_in import SigningIn
from assistant.application.source_pages import SourcePages
from assistant.application.usage import UsageOfDrafts
from assistant.settings import Settings


class Application:
    """The use cases of one installation, by family. Raises StoreError when the database cannot be opened."""

    def __init__(self, settings: Settings) -> None:
        installation = Installation(settings)
        self.settings = settings
        self.engine = installation.engine
        self.keys = Keys(installation)
        self.people = People(installation)
        self.signing_in = SigningIn(installation)
        self.prereads = PreReads(installation)
        self.jobs = Jobs(installation)
        self.reviews = Reviews(installation)
        self.sessions = Sessions(installation)
        self.organising = Organising(installation)
        self.outside = Outside(installation)
        self.phrases = Phrases(installation)
        self.referentiels = Referentiels(installation)
        self.source_pages = SourcePages(installation)
        self.exports = Exports(installation)
        self.comparisons = Comparisons(installation)
        self.candidates = Candidates(installation, self.prereads, self.comparisons)
        self.cohorts = Cohorts(installation, self.prereads)
        self.examples = Examples(installation, self.cohorts, self.prereads)
        self.folder_cohorts = FolderCohorts(installation, self.prereads, self.jobs)
        self.own_grids = OwnGrids(installation)
        self.audit = Audit(installation)
        self.lifecycle = Lifecycle(installation)
        self.provenance = Provenance(installation)
        self.usage = UsageOfDrafts(installation)
        self.previews = Previews(installation)
        self.readiness = Readiness(installation)
