"""What pydantic found, as sentences with file, line and advice."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from shanzhi.foundation.base.refusals import Problem
from shanzhi.foundation.language.unreadable import why_not

from .reading import Page
from .wrong import near


def problems_of(error: ValidationError, model: type[BaseModel], page: Page) -> Iterator[Problem]:
    every = error.errors(include_url=False)
    unknown = [found["loc"] for found in every if found["type"] == "extra_forbidden"]
    for found in every:
        loc = [part for part in found["loc"] if part != "[key]"]
        if found["type"] == "missing" and any(
            one[:-1] == found["loc"][:-1] and near(str(one[-1]), [str(loc[-1])]) for one in unknown
        ):
            continue  # a misspelt key is one slip, not two
        extra = found["type"] == "extra_forbidden"
        message, advice = _sentence(found, loc, model)
        yield Problem(page.where(loc, key=extra), message, advice)


def _sentence(found: Any, loc: Sequence[Any], model: type[BaseModel]) -> tuple[str, str]:
    kind, context = found["type"], found.get("ctx") or {}
    key, value = str(loc[-1]) if loc else "", found.get("input")
    if kind == "extra_forbidden":
        known = keys_at(model, loc[:-1])
        return _("“{key}” is not known here.").format(key=key), near(key, known) or _("Known: {names}.").format(
            names=", ".join(known)
        )
    if kind == "missing":
        return _("“{key}” is missing.").format(key=key), _("Add a line “{key}: …”.").format(key=key)
    if kind == "value_error":
        wrong = context.get("error")
        return str(wrong), getattr(wrong, "advice", "")
    if kind in ("literal_error", "enum"):
        allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        advice = near(str(value), allowed) or _("Possible: {names}.").format(names=", ".join(allowed))
        return _("“{value}” is not possible for “{key}”.").format(value=value, key=key), advice
    if kind == "string_type" and isinstance(value, int | float) and not isinstance(value, bool):
        return (
            _("“{key}” must be text, not a number.").format(key=key),
            _('Put it in quotes: “{key}: "{value}"”.').format(key=key, value=value),
        )
    if kind in _SHAPES and value is None:
        return _SHAPES[kind](key), _("Nothing is written here. A comma inside {…} begins a new key: use quotes.")
    if kind in _SHAPES:
        return _SHAPES[kind](key), ""
    if kind == "string_pattern_mismatch":
        advice = _("Use small Latin letters, digits and hyphens, beginning with a letter.")
        return _("“{value}” is not a name that “{key}” may have.").format(value=value, key=key), advice
    return _("“{key}” cannot be used: {reason}.").format(key=key, reason=why_not(found).rstrip(".。")), ""


_SHAPES = {
    "string_type": lambda key: _("“{key}” must be text.").format(key=key),
    "int_type": lambda key: _("“{key}” must be a whole number.").format(key=key),
    "int_parsing": lambda key: _("“{key}” must be a whole number.").format(key=key),
    "int_from_float": lambda key: _("“{key}” must be a whole number.").format(key=key),
    "bool_type": lambda key: _("“{key}” must be true or false.").format(key=key),
    "bool_parsing": lambda key: _("“{key}” must be true or false.").format(key=key),
    "list_type": lambda key: _("“{key}” must be a list.").format(key=key),
    "tuple_type": lambda key: _("“{key}” must be a list.").format(key=key),
    "dict_type": lambda key: _("“{key}” must have “key: value” lines below it.").format(key=key),
    "model_type": lambda key: _("“{key}” must have “key: value” lines below it.").format(key=key),
    "model_attributes_type": lambda key: _("“{key}” must have “key: value” lines below it.").format(key=key),
}


def keys_at(model: type[BaseModel], loc: Sequence[Any]) -> list[str]:
    """The keys that may stand in the mapping at `loc`."""
    found: list[Any] = [model]
    for part in loc:
        deeper = [below for one in found for below in _below(one, part)]
        found = deeper or found
    return sorted({name for one in found for name in _keys(one)})


def _keys(annotation: Any) -> list[str]:
    return [field.alias or name for one in _models(annotation) for name, field in one.model_fields.items()]


def _below(annotation: Any, part: Any) -> list[Any]:
    found = []
    for one in _models(annotation):
        found += [f.annotation for name, f in one.model_fields.items() if part in (name, f.alias)]
    for inner in _open(annotation):
        origin, args = get_origin(inner), get_args(inner)
        if origin is dict or (isinstance(origin, type) and issubclass(origin, Mapping)):
            found.append(args[1])
        elif origin in (list, tuple, set, frozenset) and isinstance(part, int):
            found += [arg for arg in args if arg is not Ellipsis]
    return found


def _models(annotation: Any) -> list[type[BaseModel]]:
    return [one for one in _open(annotation) if isinstance(one, type) and issubclass(one, BaseModel)]


def _open(annotation: Any) -> list[Any]:
    """Unions and Annotated taken apart."""
    if get_origin(annotation) is Annotated:
        return _open(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [one for arg in get_args(annotation) for one in _open(arg)]
    return [annotation]
