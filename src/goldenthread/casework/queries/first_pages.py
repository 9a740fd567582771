"""The rows of one page of a long list, without putting the whole list in order where that can be helped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.query import ModelIterable

from goldenthread.casework.models import Case

# For a page that ends at row 50, the first 150 in order are looked through, then the first 2,000. Neither
# goes beyond so many people: then the whole list is put in order.
LOOKED_THROUGH = (3, 40)
MOST_WALKED = 30_000


class KeysFirst(QuerySet[Case]):
    """A queryset whose pages are read in two steps: the keys in order, then the rows of those keys.

    Putting 100,000 whole rows in order to show 50 took 1 s; their keys alone a tenth of that. By name or by
    reference the keys come from a walk along that index for as long as it finds enough.
    """

    def __getitem__(self, wanted: Any) -> Any:
        """A slice with an end gives a list of rows; anything else is as in any queryset."""
        plain = self._result_cache is None and issubclass(self._iterable_class, ModelIterable)
        if not (plain and isinstance(wanted, slice) and wanted.stop is not None):
            return super().__getitem__(wanted)
        keys = self._walked(wanted.start or 0, wanted.stop)
        if keys is None:
            keys = list(self.values_list("pk", flat=True)[wanted])
        rows = Case.objects.filter(pk__in=keys).select_related("person", "caseworker")
        found = {row.pk: row for row in rows}
        return [found[key] for key in keys if key in found]

    def _walked(self, start: int, stop: int) -> list[UUID] | None:
        """The keys from a walk along the index of the order, None where it finds too few."""
        order = [str(name) for name in self.query.order_by]
        walk = _WALKS.get(order[0].removeprefix("-")) if order else None
        if walk is None:
            return None
        for many in (stop * share for share in LOOKED_THROUGH):
            keys = walk(self, order, many)[:stop] if many <= MOST_WALKED else []
            if len(keys) == stop:
                return keys[start:]
        return None

    def _of_references(self, order: Sequence[str], many: int) -> list[UUID]:
        """The keys of those of the first cases in the order of their references that belong to this list."""
        first = Case.objects.order_by(*order).values("pk")[:many]
        return list(self.filter(pk__in=first).values_list("pk", flat=True))

    def _of_people(self, order: Sequence[str], many: int) -> list[UUID]:
        """The keys of the cases of the first people in the order of their names, as far as all of them are
        known: not of those named like the last, who may go on beyond."""
        related: Any = Case._meta.get_field("person").related_model
        names = [name.replace("person__", "") for name in order if "person__" in name]
        people = related._default_manager.order_by(*names)
        columns = [name.removeprefix("-") for name in names]
        last = list(people.values_list(*columns)[many - 1 : many])
        rows = self.filter(person__in=people.values("pk")[:many])
        found = rows.values_list("pk", *(f"person__{name}" for name in columns))
        return [key for key, *name in found if tuple(name) not in last]


_WALKS: dict[str, Callable[[KeysFirst, Sequence[str], int], list[UUID]]] = {
    "reference": KeysFirst._of_references,
    "person__surname_key": KeysFirst._of_people,
}
