"""A recorded careful reader keeps to what sentences say: what is asked leads to that, and nothing is lost after."""

from pathlib import Path

from assistant.evaluation.recording import replayed
from assistant.settings import Settings
from benchmarks.fidelity import RECORDING, Fidelity, load_cases, measured


def test_a_neighbouring_thing_answers_nothing_and_an_added_tail_does_not_pass(tmp_path: Path) -> None:
    cases = load_cases()
    found = measured(cases, *replayed(RECORDING, Settings(data_dir=tmp_path)))
    assert found == Fidelity(
        dict.fromkeys(range(1, 17), True),
        {number: True for number, case in enumerate(cases.substitution, start=1) if case.answer},
        dict.fromkeys(range(1, 17), True),
        dict.fromkeys(range(1, 17), True),
    )
