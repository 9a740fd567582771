"""Files of up to 300 lines and functions of up to 30, so that each can be read in one go.

A test file may have 500. Of a function the body counts, not its docstring nor its parameters, which stand
one a line where an action takes many. What must be longer is listed with its reason in allowances.toml.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import ROOT, python_files, text_of

FILE_LINES = 300
TEST_FILE_LINES = 500
FUNCTION_LINES = 30
ALLOWANCES = tomllib.loads((ROOT / "tests" / "meta" / "allowances.toml").read_text())


def test_files_are_short_or_allowed() -> None:
    sizes = {path.as_posix(): len((text_of(path) or "").splitlines()) for path in python_files()}
    limits = {path: TEST_FILE_LINES if path.startswith("tests/") else FILE_LINES for path in sizes}
    allowed = {entry["path"]: entry["lines"] for entry in ALLOWANCES.get("file", [])}
    found = _breaches(sizes, limits, allowed)
    assert not found, "\n".join(found)


def test_functions_are_short_or_allowed() -> None:
    sizes = {}
    for path in python_files():
        if not path.as_posix().startswith("tests/"):
            tree = ast.parse(text_of(path) or "", filename=str(path))
            sizes.update({f"{path.as_posix()}: {name}": lines for name, lines in function_sizes(tree)})
    allowed = {
        f"{entry['path']}: {entry['name']}": entry["lines"] for entry in ALLOWANCES.get("function", [])
    }
    found = _breaches(sizes, dict.fromkeys(sizes, FUNCTION_LINES), allowed)
    assert not found, "\n".join(found)


def test_each_allowance_has_a_reason() -> None:
    entries = [*ALLOWANCES.get("file", []), *ALLOWANCES.get("function", [])]
    assert [entry["path"] for entry in entries if not entry.get("reason", "").strip()] == []


def function_sizes(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Name and length of the body of each function in `tree`, less the docstring."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, _lines(node)
            yield from function_sizes(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.ClassDef):
            yield from function_sizes(node, f"{prefix}{node.name}.")
        else:
            yield from function_sizes(node, prefix)


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    documented = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    body = node.body[1:] if documented else node.body
    return (node.end_lineno or node.lineno) - body[0].lineno + 1 if body else 0


def _breaches(sizes: dict[str, int], limits: dict[str, int], allowed: dict[str, int]) -> list[str]:
    found = [
        f"{name} has {lines} lines; the limit is {allowed.get(name, limits[name])}"
        for name, lines in sizes.items()
        if lines > allowed.get(name, limits[name])
    ]
    stale = [
        f"{name} needs no allowance any more" for name in allowed if sizes.get(name, 0) <= limits.get(name, 0)
    ]
    return found + stale


@pytest.mark.parametrize(
    ("source", "sizes"),
    [
        ("def f():\n    return 1\n", [("f", 1)]),
        ('def f():\n    """Two\n    lines."""\n    return 1\n', [("f", 1)]),
        ("@wrapped\ndef f(\n    a,\n):\n    return a\n", [("f", 1)]),
        (
            "class A:\n    def g(self):\n        def h():\n            pass\n        h()\n",
            [("A.g", 3), ("A.g.h", 1)],
        ),
        ("if True:\n    def f():\n        pass\n", [("f", 1)]),
    ],
)
def test_functions_are_measured_by_their_body(source: str, sizes: list[tuple[str, int]]) -> None:
    assert list(function_sizes(ast.parse(source))) == sizes


def test_a_breach_and_a_stale_allowance_are_both_told() -> None:
    told = _breaches({"a": 31, "b": 30, "c": 40}, dict.fromkeys("abc", 30), {"b": 35, "c": 40, "gone": 9})
    assert told == [
        "a has 31 lines; the limit is 30",
        "b needs no allowance any more",
        "gone needs no allowance any more",
    ]


def test_the_lister_sees_this_file() -> None:
    assert Path("tests/meta/test_sizes.py") in python_files()
