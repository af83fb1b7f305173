"""A page writes only from a callback: told by the shape of the code, and held for every page there is."""

import ast
from pathlib import Path

import pytest

from assistant.places import ROOT

PAGES = sorted((ROOT / "assistant" / "ui").rglob("*.py"))
WRITES = frozenset({
    "act", "record", "unlock", "add", "replace_file", "withdraw", "found", "add_candidate", "assign", "declare",
    "accommodate", "join", "keep", "forget", "start", "stop", "retry", "run", "invite", "grant", "assign_all", "unseat",
    "correct_link", "viewed", "enrol", "propose", "start_all", "run_one",
    "failed", "mask_again", "withdraw_invitation",
})  # fmt: skip
FAMILIES = frozenset({"people", "prereads", "jobs", "reviews", "sessions", "phrases"})
ROUTES = frozenset({"ApplicationDoor"})
"""What answers a request of the browser's: nothing is drawn there."""


class Writings(ast.NodeVisitor):
    """Calls of `….<family>.<write>()` outside a function named `on_…`, and such functions called while drawing."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.faults: list[str] = []

    def _enter(self, node: ast.FunctionDef | ast.ClassDef) -> None:
        self.inside.append(node.name)
        self.generic_visit(node)
        self.inside.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._enter(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._enter(node)

    @property
    def in_callback(self) -> bool:
        return any(name.lstrip("_").startswith("on_") or name in ROUTES for name in self.inside)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        family = (
            called.value.attr if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Attribute) else ""
        )
        if isinstance(called, ast.Attribute) and family in FAMILIES and called.attr in WRITES and not self.in_callback:
            self.faults.append(f"line {node.lineno}: {family}.{called.attr}")
        if isinstance(called, ast.Name) and called.id.lstrip("_").startswith("on_") and not self.in_callback:
            self.faults.append(f"line {node.lineno}: {called.id} is called while drawing")
        self.generic_visit(node)


def faults(code: str) -> list[str]:
    seen = Writings()
    seen.visit(ast.parse(code))
    return seen.faults


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_no_page_writes_while_it_is_drawn(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


def test_the_rule_sees_what_it_forbids() -> None:
    drawn = "def page():\n    if st.toggle('x'):\n        application().reviews.act(actor, review, event)\n"
    assert faults(drawn) == ["line 3: reviews.act"]
    assert faults("def page():\n    on_save(1)\n") == ["line 2: on_save is called while drawing"]
    assert faults("def on_save():\n    attempt(lambda: application().reviews.act(a, b, c))\n") == []
    assert faults("def page():\n    st.button('x', on_click=on_save)\n") == []


def test_there_are_pages_that_write() -> None:
    """The test above is not empty."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in PAGES)
    assert code.count("application().sessions.") + code.count("application().jobs.") > 8


def test_every_use_case_that_writes_is_known_to_the_rule() -> None:
    """A new method that opens a writing transaction joins WRITES, or the rule would not see it."""
    folder = ROOT / "assistant" / "application"
    for name in ("people", "prereads", "jobs", "reviews", "sessions", "phrases"):
        module = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        methods = [part for node in module.body if isinstance(node, ast.ClassDef) for part in node.body]
        for node in methods:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and "writing()" in ast.unparse(node):
                assert node.name in WRITES, f"{name}.{node.name}"
