"""Many rows at once, as fast as the database takes them.

Django's `bulk_create` builds a statement for every 35 people on SQLite. One prepared statement with all
the values takes a third of the time (docs/decisions/0010-name-search.md has the figures).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from goldenthread.core import clock

CHUNK = 2_000
T = TypeVar("T")
Field = models.Field[Any, Any]
# Stored as Python holds them, on both databases.
_AS_IT_IS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most `size`, read one list at a time."""
    source = iter(items)
    while part := list(islice(source, size)):
        yield part


def insert_rows(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert new rows whose keys are set or are numbered by the database; the objects learn no number."""
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "sqlite":
        model._default_manager.bulk_create(rows, batch_size=CHUNK)
        return
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    _stamp(fields, rows)
    _execute(connection, _insert(connection, model, fields), _values(connection, fields, rows))


def insert_values(
    model: type[models.Model], names: Sequence[str], values: Iterable[Sequence[Any]], *, ignore: bool = False
) -> None:
    """Insert rows given as bare values of the named fields; `ignore` passes over those that are there.

    For small link rows by the thousand, where making an object of each would take most of the time.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    fields = _fields(model, names)
    convert = [_converter(connection, field) for field in fields]
    rows = [[turn(value) for turn, value in zip(convert, row, strict=True)] for row in values]
    ending = " ON CONFLICT DO NOTHING" if ignore else ""
    _execute(connection, _insert(connection, model, fields) + ending, rows)


def update_rows(model: type[models.Model], rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Save these fields of many rows, each by its key: one prepared statement for all."""
    connection = connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    key: Field = model._meta.pk
    fields = _fields(model, names)
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    table = quote(model._meta.db_table)
    statement = f"UPDATE {table} SET {sets} WHERE {quote(str(key.column))} = %s"  # noqa: S608 - our own names
    _execute(connection, statement, _values(connection, [*fields, key], rows))


def _fields(model: type[models.Model], names: Sequence[str]) -> list[Field]:
    return [model._meta.get_field(name) for name in names]  # type: ignore[misc]


def _insert(connection: BaseDatabaseWrapper, model: type[models.Model], fields: Sequence[Field]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names


def _execute(connection: BaseDatabaseWrapper, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _stamp(fields: Sequence[Field], rows: Sequence[models.Model]) -> None:
    """Set the times that Django sets on saving."""
    now = clock.now()
    stamped = [
        field.attname
        for field in fields
        if isinstance(field, models.DateTimeField) and (field.auto_now_add or field.auto_now)
    ]
    for row in rows:
        for name in stamped:
            setattr(row, name, now)


def _values(
    connection: BaseDatabaseWrapper, fields: Sequence[Field], rows: Sequence[models.Model]
) -> list[tuple[Any, ...]]:
    columns = []
    for field in fields:
        turn = _converter(connection, field)
        name = field.attname
        columns.append([turn(getattr(row, name)) for row in rows])
    return list(zip(*columns, strict=True))


def _converter(connection: BaseDatabaseWrapper, field: Field) -> Callable[[Any], Any]:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, _AS_IT_IS) and not isinstance(field, models.BinaryField):
        return _itself
    if isinstance(field, models.UUIDField) and not connection.features.has_native_uuid_field:
        return _hex
    if isinstance(field, models.DateField):
        # Days and moments recur by the thousand: each is turned once.
        return lru_cache(maxsize=50_000)(lambda value: field.get_db_prep_save(value, connection))
    return lambda value: field.get_db_prep_save(value, connection)


def _itself(value: Any) -> Any:
    return value


def _hex(value: Any) -> Any:
    return None if value is None else value.hex
