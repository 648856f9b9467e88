"""The report page at first visit: below 100 kB over the wire, with the map still to come."""

from __future__ import annotations

import gzip
import re

from django.conf import settings
from django.test import Client

DIST = settings.ROOT / "frontend" / "dist"
MOST = 100_000


def test_the_report_page_is_light(yuxi):
    page = Client().get("/report/").content
    names = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode()))
    weight = len(gzip.compress(page)) + sum(len(gzip.compress((DIST / name).read_bytes())) for name in names)
    assert any(name.endswith(".js") for name in names)
    assert weight < MOST
    assert not any("draw" in name or "maplibre" in name for name in names)
