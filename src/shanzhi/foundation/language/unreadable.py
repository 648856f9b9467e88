"""What pydantic finds wrong with one value, as a sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

WHOLE, NUMBER, TEXT = _("This must be a whole number."), _("This must be a number."), _("This must be text.")
MOMENT = _("This must be a moment such as 2026-11-23T08:00:00+08:00.")
DAY, YES_NO = _("This must be a day such as 2026-11-23."), _("This must be true or false.")
ID = _("This must be an id such as 01939c5e-7f42-7c1a-9d3e-2b7a61c0f8d4.")
SEVERAL, NAMED = _("This must be a list."), _("This must be an object: names with values.")
NOT_JSON = _("This is not JSON that can be read.")

PLAIN = {
    "missing": _("This is missing."),
    "extra_forbidden": _("Nothing of this name is known here."),
    "string_type": TEXT, "string_sub_type": TEXT, "string_unicode": TEXT, "bytes_type": TEXT,
    "int_type": WHOLE, "int_parsing": WHOLE, "int_from_float": WHOLE, "int_parsing_size": WHOLE,
    "float_type": NUMBER, "float_parsing": NUMBER, "finite_number": NUMBER,
    "decimal_type": NUMBER, "decimal_parsing": NUMBER,
    "bool_type": YES_NO, "bool_parsing": YES_NO,
    "uuid_type": ID, "uuid_parsing": ID, "uuid_version": ID,
    "datetime_type": MOMENT, "datetime_parsing": MOMENT, "datetime_from_date_parsing": MOMENT,
    "datetime_object_invalid": MOMENT, "timezone_aware": MOMENT, "timezone_naive": MOMENT, "timezone_offset": MOMENT,
    "date_type": DAY, "date_parsing": DAY, "date_from_datetime_parsing": DAY, "date_from_datetime_inexact": DAY,
    "list_type": SEVERAL, "tuple_type": SEVERAL, "set_type": SEVERAL, "frozen_set_type": SEVERAL,
    "iterable_type": SEVERAL,
    "dict_type": NAMED, "model_type": NAMED, "model_attributes_type": NAMED, "mapping_type": NAMED,
    "json_invalid": NOT_JSON, "json_type": NOT_JSON,
}  # fmt: skip
BOUNDS = {
    "greater_than": (_("This must be more than {bound}."), "gt"),
    "greater_than_equal": (_("This must be at least {bound}."), "ge"),
    "less_than": (_("This must be less than {bound}."), "lt"),
    "less_than_equal": (_("This must be at most {bound}."), "le"),
    "multiple_of": (_("This must be a multiple of {bound}."), "multiple_of"),
    "string_pattern_mismatch": (_("This must have the form {bound}."), "pattern"),
    "literal_error": (_("Possible here: {bound}."), "expected"),
    "enum": (_("Possible here: {bound}."), "expected"),
}


def why_not(found: Mapping[str, Any]) -> str:
    """Of one of pydantic's errors: `type`, `ctx`. What a validator of ours said stays as it is."""
    kind, context = found["type"], found.get("ctx") or {}
    if kind in PLAIN:
        return str(PLAIN[kind])
    if kind in BOUNDS:
        text, name = BOUNDS[kind]
        return str(text).format(bound=_bound(context.get(name)))
    if kind in ("value_error", "assertion_error"):
        return str(context.get("error") or found["msg"])
    return _length(kind, context) or gettext("This value cannot be used here.")


def _bound(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    # pydantic writes 'a', 'b' or 'c'.
    return str(value).replace("'", "").replace(" or ", ", ")


def _length(kind: str, context: Mapping[str, Any]) -> str:
    least, most = context.get("min_length") or 0, context.get("max_length") or 0
    if kind == "string_too_short":
        return ngettext("At least %(count)d character.", "At least %(count)d characters.", least) % {"count": least}
    if kind == "string_too_long":
        return ngettext("At most %(count)d character.", "At most %(count)d characters.", most) % {"count": most}
    if kind == "too_short":
        return ngettext("At least %(count)d entry.", "At least %(count)d entries.", least) % {"count": least}
    if kind == "too_long":
        return ngettext("At most %(count)d entry.", "At most %(count)d entries.", most) % {"count": most}
    return ""
