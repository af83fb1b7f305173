"""Two people, sessions or texts of one name are two options of a menu: Streamlit would take one for the other."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.labels import distinct
from tests.ui.test_foreign_text import PAGES

SAID_BY = "format_func"


@given(st.dictionaries(st.text(min_size=1, max_size=12), st.sampled_from(["Anne Martin", "juin", ""]), max_size=6))
def test_no_two_options_are_called_alike(names: dict[str, str]) -> None:
    made = distinct(names)
    assert set(made) == set(names)
    assert len(set(made.values())) == len(names)
    assert all(label.startswith(names[one]) for one, label in made.items())


def test_a_name_of_its_own_stays_as_it_is() -> None:
    assert distinct({"a" * 20: "Anne", "b": "Bruno", "c" * 20: "Anne"}) == {
        "a" * 20: "Anne (aaaaaa)", "b": "Bruno", "c" * 20: "Anne (cccccc)",
    }  # fmt: skip


def faults(source: str) -> list[str]:
    """Each menu whose labels are neither words of the program nor made `distinct`."""
    tree = ast.parse(source)
    told_apart = {
        node.targets[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == distinct.__name__
    }
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for said in (one.value for one in call.keywords if one.arg == SAID_BY):
            name, _, read = ast.unparse(said).rpartition(".")
            if read != "__getitem__" or not (name.split(".")[-1].isupper() or name in told_apart):
                found.append(f"{call.lineno}: {ast.unparse(said)}")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_menu_tells_its_options_apart(page: Path) -> None:
    assert faults(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("said", ["names.__getitem__", "lambda one: names[one]", "str"])
def test_the_rule_refuses(said: str) -> None:
    assert faults(f"names = {{1: 'x'}}\nst.selectbox('x', names, format_func={said})\n")
