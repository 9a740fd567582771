"""docs/settings.md against the code: every variable is in it, and none that is not read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from goldenthread.config import env

ROOT = Path(__file__).resolve().parents[2]


def test_every_variable_is_documented() -> None:
    config = ROOT / "src" / "goldenthread" / "config"
    calls = r'env\.(?:text|flag|number|words)\(\s*"(GT_[A-Z_]+)"'
    read = {name for path in config.glob("*.py") for name in re.findall(calls, path.read_text())}
    rows = "\n".join(
        re.findall(r"^\| (`GT_[^|]+)\|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    )
    documented = set(re.findall(r"GT_[A-Z_]+", rows))
    assert "GT_SECRET_KEY" in read
    assert read == documented


@pytest.mark.parametrize(
    ("reader", "value"),
    [(env.flag, "maybe"), (lambda name: env.number(name, 1), "ten")],
    ids=["yes or no", "number"],
)
def test_a_value_that_cannot_be_read_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, reader: object, value: str
) -> None:
    monkeypatch.setenv("GT_TEST", value)
    with pytest.raises(ImproperlyConfigured, match="GT_TEST must be"):
        reader("GT_TEST")  # type: ignore[operator]


def test_values_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for text, value in {"1": True, "yes": True, "On": True, "0": False, "": False, "no": False}.items():
        monkeypatch.setenv("GT_TEST", text)
        assert env.flag("GT_TEST", not value) is value
    monkeypatch.setenv("GT_TEST", " a, b ,,c")
    assert env.words("GT_TEST") == ["a", "b", "c"]
    monkeypatch.delenv("GT_TEST")
    assert (env.flag("GT_TEST", True), env.number("GT_TEST", 7), env.words("GT_TEST", "x")) == (
        True,
        7,
        ["x"],
    )


def test_database_addresses() -> None:
    found = env.database("postgres://us%40er:p%2Fw@db.example:5433/golden?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("us@er", "p/w", "db.example")
    assert (found["NAME"], found["PORT"], found["OPTIONS"]) == ("golden", "5433", {"sslmode": "require"})
    assert env.database("postgres://postgres@/postgres?host=/run/socket")["HOST"] == "/run/socket"
    sqlite = env.database("sqlite:///:memory:")
    assert (sqlite["NAME"], sqlite["OPTIONS"]["transaction_mode"]) == (":memory:", "IMMEDIATE")
    with pytest.raises(ImproperlyConfigured, match="GT_DATABASE_URL must begin"):
        env.database("mysql://x")
