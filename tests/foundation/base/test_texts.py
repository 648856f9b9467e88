"""Names one after another, as each language lists them."""

from __future__ import annotations

from django.utils.translation import override

from shanzhi.foundation.base.texts import listed


def test_names_are_listed_as_the_language_does():
    with override("zh-hans"):
        assert listed(["住建局", "柳林社区"]) == "住建局、柳林社区"
    with override("en"):
        assert listed(iter(["Housing", "Willow"])) == "Housing, Willow"
        assert listed([]) == ""
