"""What a condition of the responsibility list may read of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shanzhi.foundation.language.schema import Field, Schema

CASE = Schema(
    {
        "category": Field("text", {"zh-hans": "事项", "en": "category"}),
        "class_key": Field("text", {"zh-hans": "大类", "en": "class"}),
        "urgency": Field("choice", {"zh-hans": "紧急程度", "en": "urgency"}, choices={
            "normal": {"zh-hans": "一般", "en": "normal"}, "urgent": {"zh-hans": "紧急", "en": "urgent"},
        }),
        "source": Field("text", {"zh-hans": "来源", "en": "source"}),
        "level": Field("text", {"zh-hans": "地点层级", "en": "level of the place"}),
        "about_unit": Field("bool", {"zh-hans": "反映的是某个单位", "en": "about a unit"}),
        "photos": Field("int", {"zh-hans": "照片数", "en": "photos"}, least=0, most=99),
    }
)  # fmt: skip


def values(
    *, category: str, class_key: str, urgency: str, source: str, level: str, about_unit: bool, photos: int
) -> Mapping[str, Any]:
    """A case as conditions read it; what is empty is missing."""
    found = {
        "category": category, "class_key": class_key, "urgency": urgency, "source": source, "level": level,
        "about_unit": about_unit, "photos": photos,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value not in ("", None)}
