"""Cases in the lists of this door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from shanzhi.engines.casework import queries as casework
from shanzhi.kit.casepage import Row, rows_of


def cards(cases: Iterable[Any]) -> list[Row]:
    """For case_card. Two statements for all, given cases with place and unit; one more where a case has steps of its own."""
    return rows_of(casework.hush_all(cases), lambda case: reverse("resident:one", args=[case.id]), steps=True)
