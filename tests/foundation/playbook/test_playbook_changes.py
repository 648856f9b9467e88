from shanzhi.foundation.playbook.changes import Change, changes


def test_named_items_are_compared_by_name_not_position():
    old = {"categories": {"categories": {"items": [{"key": "a", "limit": "1"}, {"key": "b", "limit": "2"}]}}}
    new = {"categories": {"categories": {"items": [{"key": "c"}, {"key": "b", "limit": "3"}]}}}
    at = "categories/categories/items"
    assert changes(old, new) == [
        Change(f"{at}/c", None, {"key": "c"}, "added"),
        Change(f"{at}/b/limit", "2", "3", "changed"),
        Change(f"{at}/a", {"key": "a", "limit": "1"}, None, "removed"),
    ]


def test_plain_lists_change_as_a_whole():
    assert changes({"k": {"n": {"words": ["a"]}}}, {"k": {"n": {"words": ["a", "b"]}}}) == [
        Change("k/n/words", ["a"], ["a", "b"], "changed")
    ]


def test_nothing_changed():
    assert changes({"k": {"n": {"x": [1, {"key": "a"}]}}}, {"k": {"n": {"x": [1, {"key": "a"}]}}}) == []
