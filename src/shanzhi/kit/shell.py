"""A page in its door's frame, where the frame is rendered once for each language and display, and filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString

from .context import house
from .tags.lists import built
from .tags.menu import bell, menu
from .tags.stencils import fixed, stencil


def framed(
    request: HttpRequest, name: str, content: str, values: Mapping[str, Any], holes: Mapping[str, object]
) -> SafeString:
    """`content`: a template that is rendered for this request with `values`; `name`: the page, which sees nothing of the request, only
    `content`, `holes` and who `account`, `toasts` and `csrf_token` are for. A hole that is empty is not there.
    """
    about = house(request) | {"request": request, "csrf_token": get_token(request)}
    look = {one: about["kit"][one] for one in ("theme", "type")}
    toasts = get_messages(request)
    filled: dict[str, object] = {
        **{hole: value for hole, value in holes.items() if value},
        "csrf_token": about["csrf_token"],
        "account": bell(about) + menu(about),
        "toasts": render_to_string("kit/parts/toasts.html", {"messages": toasts}) if len(toasts) else fixed("kit/parts/toasts.html"),
        "content": get_template(content).template.render(Context(about | dict(values))),  # type: ignore[attr-defined]
    }  # fmt: skip
    # What the browser loads changes with a build.
    key = (*look.values(), built(), built("src/live.js"))
    return stencil(name, key, {"kit": look}, filled)
