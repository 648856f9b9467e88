"""The requests that are measured."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random
from typing import Any

from benchmarks.cases.client import Client
from benchmarks.cases.texts import THINGS, write

Ask = Callable[[int], None]


class Errands:
    def __init__(self, client: Client, session: dict[str, Any]) -> None:
        self.client, self.session = client, session
        self.dice = Random(11)  # noqa: S311 - texts, not secrets
        self.residents, self.places = cycle(session["residents"]), cycle(session["places"])
        self.made: list[str] = []
        self.seen: list[str] = []

    def all(self) -> Iterator[tuple[str, str, Ask]]:
        """Creating first: the cases that are made are then registered by the desk."""
        yield "create", "JSON", self.create
        yield "create", "HTML", self.create_page
        yield "list of 50", "JSON", self.list_
        yield "list of 50 (inbox)", "HTML", self.inbox_page
        yield "list of 50 (search)", "HTML", self.list_page
        yield "detail", "JSON", self.detail
        yield "detail", "HTML", self.detail_page
        yield "change", "JSON", self.change
        yield "change", "HTML", self.change_page

    def report(self) -> dict[str, Any]:
        category = self.dice.choice(list(THINGS))
        place, lon, lat = next(self.places)
        words, spot = write(self.dice, category, "")
        return {
            "id": str(uuid.uuid4()),
            "category": category,
            "place": place,
            "lon": lon,
            "lat": lat,
            "words": words,
            "spot": spot,
        }

    def create(self, number: int) -> None:
        sent = self.report()
        body = {name: sent[name] for name in ("id", "category", "place", "words", "spot")}
        body["position"] = {"lon": sent["lon"], "lat": sent["lat"]}
        self.client.ask("POST", "/api/cases", session=next(self.residents), body=body, expect=(201,))
        self.made.append(sent["id"])

    def create_page(self, number: int) -> None:
        sent = self.report()
        form = {"place_lon": sent["lon"], "place_lat": sent["lat"], "another": "1"} | {
            name: sent[name] for name in ("id", "category", "place", "words", "spot")
        }
        self.client.ask("POST", "/report/", session=next(self.residents), form=form, expect=(302,))
        self.made.append(sent["id"])

    def list_(self, number: int) -> None:
        found = self.desk("GET", "/api/cases?limit=50").json()["cases"]
        assert len(found) == 50
        self.seen = [one["id"] for one in found]

    def list_page(self, number: int) -> None:
        answer = self.desk("GET", "/desk/search/?which=")
        assert answer.body.count(b"/desk/cases/") >= 50, answer.body.count(b"/desk/cases/")

    def inbox_page(self, number: int) -> None:
        answer = self.desk("GET", "/desk/?box=all")
        assert answer.body.count(b"/desk/cases/") >= 50, answer.body.count(b"/desk/cases/")

    def detail(self, number: int) -> None:
        self.desk("GET", f"/api/cases/{self.made[number % len(self.made)]}")

    def detail_page(self, number: int) -> None:
        self.desk("GET", f"/desk/cases/{self.made[number % len(self.made)]}/")

    def change(self, number: int) -> None:
        body = {"fields": {"category": "manhole-cover", "note": "已电话核实"}}
        self.desk("POST", f"/api/cases/{self.made.pop()}/registration", body=body)

    def change_page(self, number: int) -> None:
        form = {"category": "manhole-cover", "note": "已电话核实", "key": str(uuid.uuid4()), "expect": "1"}
        self.desk("POST", f"/desk/cases/{self.made.pop()}/registration", form=form, expect=(302,))

    def desk(self, method: str, path: str, **sent: Any) -> Any:
        return self.client.ask(method, path, session=self.session["desk"], **sent)

    def plain_create(self, number: int) -> None:
        sent = self.report()
        body = {name: sent[name] for name in ("place", "category", "words", "spot", "lon", "lat")} | {
            "procedure": "six-step"
        }
        self.client.ask("POST", "/api/cases/", session=next(self.residents), body=body, expect=(201,))

    def plain_list(self, number: int) -> None:
        found = self.client.ask("GET", "/api/cases/?limit=50", session=self.session["desk"]).json()
        assert len(found["results"]) == 50
