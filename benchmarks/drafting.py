"""A model that answers in 300 ms: seconds, calls and tokens of a whole pre-read, beside asking criterion by criterion."""

import tempfile
import time
from pathlib import Path

from assistant.access.actor import LOCAL
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.components import components_of
from assistant.llm.client import tokens_of
from assistant.llm.stub import StubModel
from assistant.preread import PreReadRequest
from assistant.progress import silent
from assistant.referentiel.catalogue import load
from assistant.settings import Settings
from benchmarks.dossiers import LONG, SHORT

ANSWER_SECONDS = 0.3
CASES = (
    ("18 pages x  9 criteria", SHORT, "cycle-client-ia", (), 3.5),
    ("23 pages x 25 criteria", LONG, "manager-affaires", ("B1",), 6.0),
)


def print_drafting() -> None:
    """A line per dossier."""
    print("With a model that answers in 300 ms, 8 calls at once (targets: 6 s for the first; tokens 3.5 and 6 times)")
    for name, file, referentiel, blocs, most in CASES:
        loaded = load(referentiel)
        with tempfile.TemporaryDirectory() as folder, StubModel(seconds=ANSWER_SECONDS) as model:
            settings = Settings(data_dir=Path(folder), model="stub", model_base_url=model.address)
            order = PreReadRequest.of(file.read_bytes(), "dossier.pdf", loaded, blocs)
            start = time.monotonic()
            application = Application(settings)
            files = [UploadedFile("dossier.pdf", file.read_bytes())]
            application.jobs.run(LOCAL, application.prereads.add(LOCAL, files, referentiel, blocs), silent)
            seconds = time.monotonic() - start
            sent = sum(tokens_of("".join(str(m["content"]) for m in body["messages"])) for body in model.received)
            windows = sum("<extrait>" in str(body["messages"][1]["content"]) for body in model.received)
            own = sum(tokens_of(page.text) for page in components_of(settings).read(order.files, (), silent).pages)
        criteria = order.criteria
        groups = len({criterion.competences[:1] for criterion in criteria})
        print(
            f"  {name}: {seconds:.1f} s, {len(model.received)} calls (at most {2 + windows + 3 * groups}), "
            f"{sent / own:.1f} times the dossier's {own} tokens (at most {most}; criterion by criterion: "
            f"{len(criteria)})"
        )


if __name__ == "__main__":
    print_drafting()
