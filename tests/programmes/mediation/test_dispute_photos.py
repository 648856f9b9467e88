"""A photo of a signed paper is called what it is: not a picture from the spot, nor one of how it was before."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from disputes import in_days
from shanzhi.engines.casework import queries as casework
from shanzhi.kit.casepage import view_of
from shanzhi.kit.tags.cases import photos

pytestmark = pytest.mark.django_db
DRAFT = {
    "facts": "院墙压了乙方地界二十厘米", "duty-1-who": "a", "duty-1": "把墙往里挪二十厘米", "duty-1-by": "2026-12-20",
    "duty-2-who": "b", "duty-2": "出一半工钱", "duty-2-by": "2026-12-31",
}  # fmt: skip


def test_the_story_names_the_photo_as_the_text_does(dispute):
    dispute.begun()
    dispute.tried("巴雅尔", outcome="agreed")
    dispute.act("village-draft", "巴雅尔", **DRAFT)
    dispute.act("agreement", "巴雅尔", "spot", signed=in_days(0), visit=in_days(10))
    by = dispute.actor("巴雅尔")
    view = view_of(casework.access_case(dispute.case.id, by=by), by)
    shown = photos(next(entry.files for entry in view.entries if entry.files))
    assert "Photos of the signed agreement" in shown
    assert "On the spot" not in shown
    assert (view.before, view.after) == (None, None)
    with override("zh-hans"):
        said = casework.timeline(casework.access_case(dispute.case.id, by=by), by)
        assert [one.captions["spot"] for one in said if one.files] == ["双方签字协议的照片"]
