"""Sessions for the dispatcher and for so many residents; grids to report from. Prints JSON."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.cases.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import login  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.http import HttpRequest  # noqa: E402

from shanzhi.foundation.base.actor import SYSTEM  # noqa: E402
from shanzhi.registers.people import services  # noqa: E402
from shanzhi.registers.people.models import Account  # noqa: E402
from shanzhi.registers.places import queries as places  # noqa: E402

APART = 7


def session_of(account: Any) -> str:
    request = HttpRequest()
    request.session = SessionStore()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return str(request.session.session_key)


def main() -> None:
    wanted = int(sys.argv[1])
    residents = [
        services.create_person(name=f"测试居民{n}", by=SYSTEM, synthetic=True, username=f"bench{n}").id
        for n in range(wanted)
    ]
    grids = list(places.subtree(places.cities()[0], level="grid"))
    # Far enough apart, and so many that what is measured does not lie beside what was made a moment ago.
    spread = [grid for first in range(APART) for grid in grids[first::APART]]
    at = places.positions([grid.id for grid in spread])
    made = {
        "desk": session_of(Account.objects.get(username="dispatcher")),
        "residents": [session_of(one) for one in Account.objects.filter(person__in=residents)],
        "places": [[str(grid.id), *at[grid.id]] for grid in spread if grid.id in at],
    }
    sys.stdout.write(json.dumps(made))


if __name__ == "__main__":
    main()
