"""How common pairs of characters are, as the database's own statistics say; kept some minutes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from shanzhi.foundation.base.statements import ask

FEW = 5000  # cases: about where looking all of them up costs as much as reading the newest until fifty fit
SECONDS = 600
# The last three frequencies are about the list itself and have no element.
ASKED = """SELECT coalesce((SELECT reltuples FROM pg_class WHERE oid = 'casework_case'::regclass), 0)::float8, e.pair, e.frequency
FROM (SELECT 1) always LEFT JOIN LATERAL (
  SELECT u.pair, u.frequency::float8 FROM pg_stats s,
    unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS u(pair, frequency)
  WHERE s.tablename = 'casework_case' AND s.attname = 'grams' AND u.pair IS NOT NULL
) e ON true"""


@dataclass
class Known:
    asked: float = float("-inf")
    cases: float = 0
    share: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        now = time.monotonic()
        if now - self.asked > SECONDS:
            rows = ask(ASKED)
            self.asked, self.cases = now, rows[0][0]
            self.share = {pair: share for _cases, pair, share in rows if pair is not None}


_known = Known()


def rare(pairs: Iterable[str]) -> bool:
    """Are so few cases likely to have all of these pairs that one may look at each? At most one statement in ten minutes."""
    _known.look()
    least = min(_known.share.values(), default=0.0)
    # What the statistics do not name is rarer than what they name.
    return _known.cases * min((_known.share.get(pair, least / 2) for pair in pairs), default=0.0) <= FEW


def rarest(pairs: Iterable[str]) -> str:
    """Of some pairs, after `rare` was asked."""
    return min(pairs, key=lambda pair: (_known.share.get(pair, 0.0), pair))
