"""Foreign text is text: one component draws it, and nothing else of a page may hand Streamlit what somebody wrote."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.places import ROOT
from assistant.ui.tables import in_cells
from assistant.ui.words import JOINER, plain

PAGES = [*sorted((ROOT / "assistant" / "ui").rglob("*.py")), ROOT / "app.py"]
DRAWN = frozenset({
    "markdown", "write", "caption", "title", "header", "subheader", "error", "warning", "info", "success", "toast",
    "badge", "button", "download_button", "form_submit_button", "checkbox", "toggle", "radio", "selectbox",
    "multiselect", "text_input", "text_area", "number_input", "date_input", "file_uploader", "expander", "status",
    "progress", "spinner", "tabs", "popover", "segmented_control", "pills", "slider", "metric", "html", "page_link",
    "link_button", "latex", "dialog",
})  # fmt: skip
"""What reads its text as Markdown or HTML (`st.text`, `st.code`, tables, edited or not, and menus’ options do not)."""
READ = frozenset({"label", "body", "help", "text", "icon", "placeholder", "title"})
"""The keywords that are read that way."""
HARMLESS = frozenset({"plain", "len", "int", "min", "max", "_progress", "count", "apology"})


def foreign(node: ast.expr, known: dict[str, ast.expr]) -> bool:
    """Whether an expression may hold what somebody wrote: all but words of the program, numbers, dates and `plain(…)`."""
    if isinstance(node, ast.Constant):
        return False
    if isinstance(node, ast.JoinedStr):
        return any(foreign(part, known) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return node.format_spec is None and foreign(node.value, known)
    if isinstance(node, ast.IfExp):
        return foreign(node.body, known) or foreign(node.orelse, known)
    if isinstance(node, ast.BinOp | ast.BoolOp):
        parts = [node.left, node.right] if isinstance(node, ast.BinOp) else node.values
        return any(foreign(part, known) for part in parts)
    if isinstance(node, ast.Subscript):
        return foreign(node.value, known)
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name == "strip" and isinstance(node.func, ast.Attribute):
            return foreign(node.func.value, known)
        return name not in HARMLESS
    if isinstance(node, ast.Name):
        if node.id.isupper() or node.id.startswith("__"):
            return False
        others = {name: one for name, one in known.items() if name != node.id}
        return node.id not in known or foreign(known[node.id], others)
    if isinstance(node, ast.Attribute):
        return not node.attr.isupper()
    if isinstance(node, ast.List | ast.Tuple):
        return any(foreign(one, known) for one in node.elts)
    return True


def said_of(function: ast.AST) -> dict[str, ast.expr]:
    """What a name stands for where it is given one plain expression in a function."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return {name: values[0] for name, values in found.items() if len(values) == 1}


TABLES = frozenset({"dataframe", "data_editor"})
"""What anybody can take away as CSV: each text of it goes through `in_cells`."""


def bare_tables(source: str) -> list[str]:
    """Each table that is drawn with texts as they came."""
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call)]
    drawn = [one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr in TABLES]
    return [f"{one.lineno}" for one in drawn if not (one.args and ast.unparse(one.args[0]).startswith("in_cells("))]


def faults(source: str) -> list[str]:
    """Each place where a page hands over what may be foreign."""
    found = []
    for function in [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]:
        known = said_of(function)
        for call in ast.walk(function):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in DRAWN):
                continue
            if ast.unparse(call.func).startswith("application()"):
                continue
            texts = [*call.args[:1], *(one.value for one in call.keywords if one.arg in READ)]
            found += [f"{call.lineno}: {ast.unparse(one)}" for one in texts if foreign(one, known)]
    return sorted(set(found))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_no_page_hands_foreign_text_to_markdown(page: Path) -> None:
    assert faults(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_no_table_hands_a_spreadsheet_what_it_would_run(page: Path) -> None:
    assert bare_tables(page.read_text(encoding="utf-8")) == []
    assert bare_tables("def page(rows):\n    st.dataframe(rows)\n") == ["2"]


@pytest.mark.parametrize("text", ["=1+1", "+33 6", "-2", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "\r=1"])
def test_what_would_begin_a_formula_is_text_to_a_spreadsheet(text: str) -> None:
    (row,) = in_cells([{"Nom": text, "N": 3}])
    assert not str(row["Nom"]).lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
    assert (str(row["Nom"]).replace(JOINER, ""), row["N"]) == (text, 3)
    assert in_cells({"Nom": [text, "Anne"]})["Nom"][1] == "Anne"


@pytest.mark.parametrize(
    "line",
    [
        "st.markdown(candidate.name)",
        "st.caption(f'Candidat {candidate.name}')",
        "st.error(error.message)",
        "st.button(label=person.name)",
        "st.checkbox('x', help=session.title)",
        "column.subheader('a' + title)",
        "st.expander(name if name else 'x')",
        "st.html(text)",
    ],
)
def test_the_rule_refuses(line: str) -> None:
    assert faults(f"def page(candidate, error, person, session, title, name, text, column):\n    {line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "st.caption(f'{plain(one.name)} le {day:%d/%m/%Y}')",
        "st.title('Mes sessions')",
        "st.text(one.name)",
        "st.write(WORDS[role])",
    ],
)
def test_the_rule_lets_through(line: str) -> None:
    assert faults(f"def page(one, day, role):\n    {line}\n") == []


@given(st.text(min_size=1, max_size=80))
def test_whatever_was_written_is_text_to_markdown(text: str) -> None:
    tokens = MarkdownIt("commonmark", {"linkify": False}).parse(plain(text))
    inline = [child for token in tokens for child in token.children or []]
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {child.type for child in inline} <= {"text", "text_special", "softbreak"}


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://127.0.0.1/x.png)", "<img src=http://127.0.0.1/x>", "[lien](javascript:alert(1))", ":material/home:",
        "**gras** $x^2$ `code`", "&lt;b&gt; &#60;", "    quatre espaces", "# titre", "1. liste", "- [ ] tâche", "> citation",
        "https://exemple.fr/a?b=c", "www.exemple.fr", "quelqu.un@exemple.fr", "a\n\n# titre", ":red[rouge]", "| a | b |",
    ],
)  # fmt: skip
def test_the_words_are_kept(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(plain(text))
    shown = "".join(child.content for token in tokens for child in token.children or [])
    assert shown.replace(JOINER, "") == " ".join(text.strip(" ").replace("\n\n", " ").split("\n"))
