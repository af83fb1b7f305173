"""An installation whose files are in a bucket of an S3-compatible store: everything is done there as in a folder."""

from pathlib import Path
from uuid import uuid4

import pytest

from assistant.access.actor import LOCAL, OPERATOR
from assistant.application.backup import back_up, restore
from assistant.application.doctor_files import files_found
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.application.lifecycle import traces
from assistant.application.moving_files import CopiedFiles, copy_files
from assistant.errors import AccessDenied, InvalidInput
from assistant.progress import silent
from assistant.settings import Settings
from assistant.store.bucket import Reached, s3_options
from assistant.store.places import CALLS, FILES, kept_by
from tests.dossier.pages import lines, pdf
from tests.installed import REFERENTIEL

TOLD = "Madame Quatrebarbes a compté neuf heures de ressaisie chaque semaine dans son atelier."
DOSSIER = pdf(lines([TOLD, "Elle en a parlé avec deux artisans, qui relèvent les mêmes points de friction."]))
BLOC = "B0"


@pytest.fixture
def bucket(s3: str, settings: Settings) -> Settings:
    """The settings of an installation with a bucket of its own."""
    name = f"dossiers-{uuid4().hex[:8]}"
    Reached(s3_options(s3, "eu-west-3", "cle", "secret")).store.mkdir(name)
    reached = {"files_endpoint": s3, "files_region": "eu-west-3", "files_key": "cle", "files_secret": "secret"}
    return Settings(data_dir=settings.data_dir, ocr="off", files_url=f"s3://{name}/ici", **reached)  # type: ignore[arg-type]


def kept(settings: Settings, part: str) -> list[str]:
    return list(kept_by(settings).under(part).names())


def on_disk(settings: Settings) -> set[str]:
    """The folders of this machine that hold something of a dossier."""
    return {one.name for one in settings.data_dir.iterdir()} & {FILES, "ocr", "readings", "converted", CALLS}


def test_a_preread_lives_there_from_its_files_to_its_exports_its_copies_and_its_end(
    bucket: Settings, tmp_path: Path
) -> None:
    app = Application(bucket)
    preread = app.prereads.add(LOCAL, [UploadedFile("dossier.pdf", DOSSIER)], REFERENTIEL, (BLOC,))
    app.jobs.run(LOCAL, preread, silent)
    review = app.prereads.review_id(LOCAL, preread)
    read = app.prereads.open(LOCAL, preread).preread
    assert TOLD in {one.quote for criterion in read.criteria for one in criterion.evidence}
    assert app.prereads.original(LOCAL, preread)[0] == DOSSIER
    assert app.prereads.page_png(LOCAL, preread, 1, 1.0).startswith(b"\x89PNG")
    assert app.exports.file(LOCAL, review, "individual", "grid", "html").data
    key = app.keys.grant(LOCAL, review)
    assert (len(kept(bucket, FILES)), len(kept(bucket, "readings")), on_disk(bucket)) == (1, 1, set())

    back_up(Installation(bucket), OPERATOR, tmp_path / "copie.zip")
    elsewhere = bucket.model_copy(update={"data_dir": tmp_path / "ailleurs", "files_url": f"{bucket.files_url}/copie"})
    restore(Installation(elsewhere), OPERATOR, tmp_path / "copie.zip")
    again = Application(elsewhere)
    assert again.prereads.original(LOCAL, preread)[0] == DOSSIER
    assert again.keys.seconds_left(key, LOCAL.person, review) > 0

    words = again.lifecycle.purge_own(LOCAL, preread).words
    assert TOLD in words
    assert traces(Installation(elsewhere), words) == ()
    assert kept(elsewhere, FILES) == kept(elsewhere, "readings") == []
    assert {one.word for one in traces(Installation(bucket), [TOLD])} == {TOLD}  # the other one is left as it is


def test_files_go_from_a_folder_to_a_bucket_and_what_is_altered_is_said(bucket: Settings) -> None:
    target = bucket.files_url or ""
    folder = Application(bucket.model_copy(update={"files_url": None}))
    here = Installation(folder.settings)
    preread = folder.prereads.add(LOCAL, [UploadedFile("dossier.pdf", DOSSIER)], REFERENTIEL, (BLOC,))
    (whole,) = here.files.hashes()
    altered = here.files.put(b"%PDF un autre")
    (bucket.data_dir / FILES / altered[:2] / f"{altered}.pdf").write_bytes(b"%PDF rien")
    here.kept.under(CALLS).put("draft-0.json", b"{}")
    key = folder.keys.grant(LOCAL, preread)
    first, again = (copy_files(here, OPERATOR, target) for _ in range(2))
    assert first == again == CopiedFiles(1, 1, (altered,))
    there = Application(bucket)
    assert Installation(bucket).files.get(whole) == DOSSIER
    assert kept(bucket, CALLS) == ["draft-0.json"]
    assert there.keys.seconds_left(key, LOCAL.person, preread) > 0
    with pytest.raises(InvalidInput):
        copy_files(Installation(bucket), OPERATOR, target)
    with pytest.raises(AccessDenied):
        copy_files(here, LOCAL, target)

    # What a proxy and whoever maintains it are told, and what they are told where the bucket is not there.
    gone = Application(bucket.model_copy(update={"files_url": "s3://nulle-part/ici"}))
    assert (there.readiness.check().files, gone.readiness.check().files) == (True, False)
    (fine,), (missing,) = (files_found(one.settings, lambda _: 0) for one in (there, gone))
    assert (fine.state, missing.state) == ("ok", "fault")
    assert "nom du seau" in missing.to_do
    assert sorted(kept_by(bucket).names()) == ["calls/draft-0.json", "desk-secret", f"files/{whole[:2]}/{whole}.pdf"]
