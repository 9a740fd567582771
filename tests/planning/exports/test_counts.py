"""The count tables: labels of the form, whole numbers, totals that agree."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from goldenthread.forecast.space import CATEGORIES, Space
from goldenthread.planning.exports.counts import AGES, NEEDS, counts_of
from tests.factories.planning import material, summary


def test_every_total_agrees_in_every_year() -> None:
    made = material()
    counts = counts_of(made.unmitigated, made)

    assert counts.years == (2023, 2024, 2025, 2026, 2027, 2028)
    assert np.array_equal(counts.by_age.sum(axis=2), counts.by_need.sum(axis=2))
    assert np.abs(counts.totals().sum(axis=1) - counts.age_means.sum(axis=(1, 2))).max() < 1


def test_actual_censuses_are_left_as_they_were() -> None:
    made = material()
    counts = counts_of(made.unmitigated, made)

    assert counts.actual == (True, True, False, False, False, False)
    assert np.array_equal(counts.by_need[1], counts.need_means[1])
    assert int(counts.by_age[0].sum()) == int(made.before[2023].sum())


def test_those_under_16_in_further_education_are_counted_in_the_first_row_of_their_tab() -> None:
    made = material(before={})
    counts = counts_of(made.unmitigated, made)
    tab = list(CATEGORIES).index("P16FE")
    code = made.unmitigated.space.category_index() == tab
    stock = made.unmitigated.mean_stock[:, :, :, code]

    assert counts.moved_up[0] == stock[0, :16].sum() > 0
    assert not counts.by_age[:, tab, :3].any()
    assert np.allclose(counts.age_means[:, tab, 3], stock[:, :20].sum(axis=(1, 2, 3)))
    assert counts.age_rows("P16FE") == [3, 4]
    assert counts.age_rows("OTHER") == [0, 1, 2, 3, 4]


def test_a_need_that_the_form_lacks_has_a_row_of_its_own() -> None:
    kept = summary()
    space = Space(needs=(*kept.space.needs[:-1], "DS"))
    counts = counts_of(replace(kept, space=space), material(before={}))

    assert counts.needs == (*NEEDS.values(), "DS")
    assert counts.by_need[0, :, -1].sum() == kept.mean_stock[0, :, -1].sum()
    assert not counts.by_need[:, :, list(NEEDS).index("NK")].any()


def test_moved_cells_are_listed_with_their_means() -> None:
    made = material(before={})
    counts = counts_of(made.unmitigated, made)
    listed = list(counts.adjusted())
    differ = sum(
        int((np.abs(whole - means) > 0.5 + 1e-6).sum())
        for whole, means in ((counts.by_age, counts.age_means), (counts.by_need, counts.need_means))
    )

    assert len(listed) == differ > 0
    assert all(0.5 < abs(one.published - one.mean) < 1 for one in listed)


def test_age_groups_are_those_of_the_form() -> None:
    made = material(before={})
    counts = counts_of(made.unmitigated, made)
    by_age = made.unmitigated.by_age[0][0]

    assert list(AGES) == ["Under 5", "Age 5 to 10", "Age 11 to 15", "Age 16 to 19", "Age 20 to 25"]
    assert counts.age_means[0, :, 0].sum() == by_age[:5].sum()
    assert counts.age_means[0, :, 4].sum() == by_age[20:26].sum()
