"""Fields that belong together are told in one line, in both languages."""

import pytest
from django.utils.translation import override

from shanzhi.engines.casework.told_lines import Shown, told

TWO = {
    "zh-hans": ("第1项", "由甲方做", "12月20日前做完", "第1项（由甲方做，12月20日前做完）：修墙"),
    "en": ("Duty 1", "Party A", "by 20 December", "Duty 1 (Party A, by 20 December): 修墙"),
}


@pytest.mark.parametrize("language", TWO)
def test_what_belongs_together_is_one_line(language):
    name, who, by, wanted = TWO[language]
    with override(language):
        said = [
            Shown("", "事实", "text", "facts"),
            Shown("Who", "x", "choice", "duty-1-who", "duty-1", who),
            Shown("What", "修墙", "text", "duty-1", "", name),
            Shown("When", "x", "date", "duty-1-by", "duty-1", by),
        ]
        assert told(said) == ["事实", wanted]
        assert told(said[2:3]) == [f"{name}: 修墙" if language == "en" else f"{name}：修墙"]


def test_what_stands_beside_nothing_is_not_lost():
    with override("en"):
        assert told([Shown("Who", "Party A", "choice", "duty-2-who", "duty-2")]) == ["Who: Party A"]


def test_a_field_beside_none_is_refused():
    from shanzhi.engines.casework.documents.faults import _form
    from shanzhi.engines.casework.documents.procedure import Action

    both = {"zh-hans": "一", "en": "One"}
    form = [{"field": "who", "kind": "text", "beside": "what"}, {"field": "when", "kind": "text", "beside": "who"}]
    action = Action.model_validate({"title": both, "from": ["a"], "by": ["handler"], "form": form})
    assert [fault.path[-1] for fault in _form("draft", action)] == ["beside", "beside"]
