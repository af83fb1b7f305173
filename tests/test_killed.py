"""A run killed at any moment and asked for again gives the bytes of one that nothing disturbed, and repeats no call."""

import json
import os
import random
import signal
import time
from pathlib import Path

import pytest

from assistant.llm.stub import StubModel
from tests.dossier.pages import lines, pdf
from tests.forking import forker

SEEDS, MOMENTS = 4, 5
"""Twenty moments in all, in parts that run side by side."""
SAID = [
    "Un client appelle, nous notons sa demande, puis nous chiffrons le devis le soir.",
    "Nous avons compté neuf heures par semaine à recopier les mêmes informations.",
    "La relance part automatiquement cinq jours après l’envoi du devis, depuis Make.",
]


def command(file: Path, output: Path) -> list[str]:
    return ["review", str(file), "-r", "cycle-client-ia", "-o", str(output)]


def environment(model: StubModel, data: Path) -> dict[str, str]:
    mine = {
        "PRELECTURE_DATA_DIR": str(data), "PRELECTURE_MODEL": "stub", "PRELECTURE_MODEL_BASE_URL": model.address,
        "PRELECTURE_MODEL_CONCURRENCY": "2", "PRELECTURE_OCR": "off", "PRELECTURE_PSEUDONYMS": "off",
    }  # fmt: skip
    return {**os.environ, **mine}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("killed") / "dossier.pdf"
    place.write_bytes(pdf(*(lines([text] * 3) for text in SAID)))
    return place


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_kill_changes_nothing_and_repeats_nothing(seed: int, file: Path, tmp_path: Path) -> None:
    with StubModel(seconds=0.15) as model:

        def run(output: Path, data: Path) -> None:
            assert forker().wait(forker().start(command(file, output), environment(model, data))) == 0

        whole = tmp_path / "whole.json"
        start = time.monotonic()
        run(whole, tmp_path / "whole")
        length = time.monotonic() - start
        calls = len(model.received)
        moments = random.Random(seed)
        for turn in range(MOMENTS):
            model.received.clear()
            data, output = tmp_path / f"data-{turn}", tmp_path / f"{turn}.json"
            killed = forker().start(command(file, output), environment(model, data))
            time.sleep(moments.uniform(0.05, length))
            os.kill(killed, signal.SIGKILL)
            assert forker().wait(killed) in {-signal.SIGKILL, 0}
            kept = len(list((data / "calls").glob("*.json"))) if (data / "calls").exists() else 0
            before = len(model.received)
            run(output, data)
            assert output.read_bytes() == whole.read_bytes()
            assert len(model.received) - before <= calls - kept
            finished = {json.dumps(body, sort_keys=True) for body in model.received}
            assert len(model.received) <= len(finished) + 2
