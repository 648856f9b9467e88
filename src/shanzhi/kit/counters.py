"""The cache that all serving processes share, which can also count: one statement, and no reading before writing."""

from __future__ import annotations

from django.core.cache.backends.db import DatabaseCache

from shanzhi.foundation.base.statements import ask

COUNT = """INSERT INTO house_cache AS held (cache_key, value, expires)
VALUES (%s::varchar, '1', clock_timestamp() + %s::int * interval '1 second')
ON CONFLICT (cache_key) DO UPDATE SET
  value = CASE WHEN held.expires < clock_timestamp() THEN '1' ELSE (held.value::int + 1)::text END,
  expires = CASE WHEN held.expires < clock_timestamp() THEN excluded.expires ELSE held.expires END
RETURNING value::int"""


class HouseCache(DatabaseCache):
    def count(self, name: str, seconds: int) -> int:
        """How often it was counted since the first time, which is forgotten after `seconds`. Never read such a key by `get`."""
        return int(ask(COUNT, [self.make_and_validate_key(f"count:{name}"), seconds])[0][0])
