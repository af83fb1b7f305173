"""A name is one line that shows all it holds, written in one way, and no longer than its column."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.store.names import kept_name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Anne Arnaud", "Anne Arnaud"),
        ("  Anne\n\tArnaud\u2028 ", "Anne Arnaud"),
        (unicodedata.normalize("NFD", "Chloé Ménard"), "Chloé Ménard"),
        ("dossier\u202efdp.exe", "dossierfdp.exe"),
        ("An\u200bne\u2060 Ar\ufeffnaud\u00ad", "Anne Arnaud"),
        ("A\u200dnne", "Anne"),
        ("\u2067Anne\u2069", "Anne"),
        ("A" + "\u0301\u0302\u0303\u0304\u0305" * 9, "Á\u0302\u0303"),
        ("👩\u200d🎓 Atelier", "👩\u200d🎓 Atelier"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Société\u00a0: l’Œuvre – « X »", "Société\u00a0: l’Œuvre – « X »"),
        ("<b>Anne</b> ![x](http://x) {{ 7*7 }} =1+1", "<b>Anne</b> ![x](http://x) {{ 7*7 }} =1+1"),
        ("\x00\x1b[31mAnne\x7f", "[31mAnne"),
        ("\u200b\u202e\ufeff \n", ""),
        ("A\U000e0041\U000e0042", "A"),
        ("", ""),
    ],
)
def test_what_is_not_seen_is_not_kept_and_the_rest_is(written: str, kept: str) -> None:
    assert kept_name(written, 60) == kept


@settings(max_examples=60)
@given(st.text(max_size=40), st.integers(1, 40))
def test_a_name_is_short_one_line_and_kept_once(written: str, longest: int) -> None:
    kept = kept_name(written, longest)
    assert len(kept) <= longest
    assert len(kept.splitlines()) <= 1
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in kept)
    assert kept == kept.strip()
