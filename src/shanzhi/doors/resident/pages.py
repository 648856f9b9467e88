"""What every page of this door knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from shanzhi.registers.people.middleware import ActorRequest


def page(
    request: ActorRequest, template: str, values: dict[str, Any] | None = None, *, tab: str = "", status: int = 200
) -> HttpResponse:
    """`tab`: which of home, report, reports, me is marked as the present one."""
    return render(request, f"resident/{template}.html", {"here": {tab: True}, **(values or {})}, status=status)
