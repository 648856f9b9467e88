"""One form of a day in each language, whoever writes it: the kit's tags, templates, sentences, papers."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.formats import date_format
from django.utils.translation import override

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(("language", "written"), [("en", "22 Nov 2026"), ("zh-hans", "2026年11月22日")])
def test_a_day_reads_the_same_everywhere(language, written):
    with override(language):
        tag = Template("{% load kit %}{% when day %}").render(Context({"day": DAY}))
        assert f">{written}<" in tag
        assert Template("{{ day|date }}").render(Context({"day": DAY})) == written
        assert date_format(DAY, "DATE_FORMAT") == written
