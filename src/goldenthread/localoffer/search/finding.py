"""Finding services."""

from __future__ import annotations

from django.db.models import Q

from goldenthread.localoffer.models import PublicService
from goldenthread.localoffer.search.answers import Found
from goldenthread.localoffer.search.asking import Asked
from goldenthread.localoffer.search.hits import hits_of


def find(asked: Asked) -> Found:
    """The services that answer."""
    rows = PublicService.objects.order_by("name", "id")
    for word in asked.text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(description__icontains=word))
    if asked.age is not None:
        rows = rows.filter(Q(minimum_age=None) | Q(minimum_age__lt=asked.age + 1))
        rows = rows.filter(Q(maximum_age=None) | Q(maximum_age__gte=asked.age))
    if asked.free:
        rows = rows.filter(is_free=True)
    for codes in (asked.needs, asked.kinds, asked.settings, asked.phases):
        if codes:
            rows = rows.filter(terms__term__code__in=codes).distinct()
    local = rows.filter(is_national=False).values_list("pk", flat=True)
    national = rows.filter(is_national=True).values_list("pk", flat=True)
    total = local.count()
    start = (asked.page - 1) * asked.per_page
    return Found(
        hits=hits_of(list(local[start : start + asked.per_page]), asked.point),
        national=hits_of(list(national[:5]), asked.point),
        total=total,
        national_total=national.count(),
        asked_for=asked.text,
        page=asked.page,
        pages=max(1, -(-total // asked.per_page)),
    )
