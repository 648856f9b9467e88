"""Pages of long lists: what is asked for and one row more, so that nothing is ever counted to the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator

LAST = 100  # whoever turned so many pages should search instead


class Onward(Paginator):
    """`count`: how many there are up to this page's end; `more`: there are others behind it. One statement a page.

    Whatever takes slices will do: it is never asked for its length.
    """

    def __init__(self, rows: Any, per_page: int) -> None:
        super().__init__(rows, per_page)

    more = False
    count = 0
    num_pages = 1

    def get_page(self, number: Any) -> Page[Any]:
        try:
            wanted = min(max(int(number), 1), LAST)
        except (TypeError, ValueError):
            wanted = 1
        start = (wanted - 1) * self.per_page
        rows: Sequence[Any] = list(self.object_list[start : start + self.per_page + 1])
        if not rows and wanted > 1:
            return self.get_page(1)
        self.more = len(rows) > self.per_page and wanted < LAST
        self.count = start + min(len(rows), self.per_page)
        self.num_pages = wanted + self.more
        return Page(rows[: self.per_page], wanted, self)
