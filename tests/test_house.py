"""The house rules that a machine can check."""

import re
import subprocess
from pathlib import Path

from assistant.places import ROOT
from assistant.settings import Settings

LONGEST = 400


def tracked(pattern: str = "*") -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "--", pattern], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def test_no_module_is_longer_than_a_person_reads() -> None:
    assert [str(p) for p in tracked("*.py") if len(p.read_text(encoding="utf-8").splitlines()) > LONGEST] == []


def test_every_setting_is_documented() -> None:
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"PRELECTURE_{name.upper()}" not in documented] == []


def test_no_lock_or_document_names_a_package_index() -> None:
    index = re.compile(r"--(?:extra-)?index-url|/simple/?\b.*pypi|pypi\.org/simple")
    texts = [
        p
        for p in tracked()
        if p.suffix in {".lock", ".toml", ".md", ".txt", ".yaml", ".py", ""} and p.name != "test_house.py"
    ]
    assert [p.name for p in texts if index.search(p.read_text(encoding="utf-8", errors="ignore"))] == []


def test_every_decision_record_is_short() -> None:
    records = list((ROOT / "docs" / "decisions").glob("*.md"))
    assert records
    assert [p.name for p in records if len(p.read_text(encoding="utf-8").split()) > 500] == []
