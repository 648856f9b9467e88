"""What is told to everybody: no small group is said, and none can be worked out from what is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.foundation.base.small_groups import FEWEST, published, shown


@pytest.mark.parametrize(("number", "said"), [(0, 0), (1, None), (4, None), (5, 5), (200, 200)])
def test_one_to_four_are_not_said(number, said):
    assert shown(number) == said


def test_the_rest_of_the_total_does_not_give_a_small_group_away():
    found = published(19, {"a": 10, "b": 6, "c": 3}, most=6)
    assert found.groups == {"a": 10}  # with b, three would be left over: that is c
    assert published(16, {"a": 10, "b": 6}, most=6).groups == {"a": 10, "b": 6}
    assert published(8, {"a": 5, "c": 3}, most=6).groups == {}
    assert published(3, {"c": 3}, most=6) == published(4, {"a": 4}, most=6)


@given(
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 12)),
    st.integers(0, 9),
    st.integers(1, 6),
)
def test_whatever_the_groups_the_rest_is_none_or_at_least_five(groups, beside, most):
    total = sum(groups.values()) + beside
    found = published(total, groups, most=most)
    assert len(found.groups) <= most
    assert all(number >= FEWEST for number in found.groups.values())
    if found.total is None:
        assert 0 < total < FEWEST
        assert not found.groups
    elif found.groups:
        assert shown(total - sum(found.groups.values())) is not None
