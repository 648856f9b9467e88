"""Page types of the house: who opens which, at which width."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`then`: the page is what the first link beginning so leads to, on the page at `path`."""

    name: str
    path: str
    as_: str = ""
    width: str = "phone"
    then: str = ""
    more: str = ""  # put behind the address of that page
    words: str = ""  # of all such links, one whose item has these words


KINDS = [
    Kind("home", "/"),
    Kind("report", "/report/"),
    Kind("answering", "/answering/?q=柳林社区"),
    Kind("how", "/about/how/"),
    Kind("privacy", "/about/privacy/"),
    Kind("boundaries", "/about/boundaries/"),
    Kind("signin", "/signin/"),
    Kind("password", "/signin/password/"),
    Kind("offline", "/offline/"),
    Kind("missing", "/nothing-here/"),
    Kind("home of a resident", "/", "王秀英"),
    Kind("reports", "/reports/", "王秀英"),
    Kind("one closed", "/reports/?view=closed", "王秀英", then="/reports/"),
    Kind("one open", "/reports/?view=open", "王秀英", then="/reports/"),
    Kind("notices", "/notices/", "王秀英"),
    Kind("me", "/signin/me/", "王秀英"),
    Kind("openings", "/signin/me/openings/", "王秀英"),
    Kind("sessions", "/signin/sessions/", "王秀英"),
    Kind("second step", "/signin/second/", "王秀英"),
    Kind("units to look after", "/administration/", "吴刚", "desk"),
    Kind("tree of units", "/administration/tree/", "吴刚", "desk"),
    Kind("one unit", "/administration/", "吴刚", "desk", then="/administration/units/0"),
    Kind("closing a unit", "/administration/", "吴刚", "desk", then="/administration/units/0", more="closing/"),
    Kind("people and posts", "/administration/people/", "吴刚", "phone"),
    Kind("one officer", "/administration/people/", "吴刚", "desk", then="/administration/people/0"),
    Kind("appointing", "/administration/people/new/", "吴刚", "desk"),
    Kind("tasks", "/worker/", "张伟"),
    Kind("task", "/worker/", "张伟", then="/worker/tasks/"),
    Kind("form of a task", "/worker/", "张伟", then="/worker/tasks/", more="?do=return"),
    Kind("worker's grid", "/worker/grid/", "张伟"),
    Kind("worker's report", "/worker/report/", "张伟"),
    Kind("worker's rounds", "/worker/rounds/", "张伟"),
    Kind("worker's day", "/worker/day/", "张伟"),
    Kind("inbox", "/desk/", "陈静", "desk"),
    Kind("case at the desk", "/desk/", "陈静", "desk", then="/desk/cases/"),
    Kind("form at the desk", "/desk/", "陈静", "desk", then="/desk/cases/", more="?do=rejection"),
    Kind("place", "/desk/places/", "陈静", "desk", then="/desk/places/"),
    Kind("late", "/desk/?box=late", "陈静", "desk"),
    Kind("search", "/desk/search/?which=all", "陈静", "desk"),
    Kind("today", "/desk/today/", "陈静", "desk"),
    Kind("taking down", "/desk/report/", "陈静", "desk"),
    Kind("places", "/desk/places/", "陈静", "desk"),
    Kind("who works on what", "/desk/load/", "陈静", "desk"),
    Kind("simulation", "/simulation/", "陈静", "desk"),
    Kind("units", "/desk/units/", "陈静", "desk"),
    Kind("interests", "/signin/me/interests/", "陈静", "desk"),
    Kind("responsibility list", "/desk/lines/", "陈静", "desk"),
    Kind("taking down a dispute", "/desk/disputes/new/", "巴雅尔", "desk"),
    Kind("dispute at the desk", "/desk/?box=all", "苏和", "desk", then="/desk/cases/"),
    Kind("dispute of a party", "/reports/?view=open", "王秀英", then="/reports/", words="调解"),
    Kind("rounds", "/worker/rounds/", "红石"),
    Kind("one round", "/worker/rounds/", "红石", then="/worker/rounds/", words="已查 1 项"),
    Kind("rounds of the secretary", "/worker/rounds/", "石梅"),
    Kind("night patrols", "/worker/calls/", "石梅"),
    Kind("calling a night patrol", "/worker/calls/new", "石梅"),
    Kind("night patrol, leading", "/worker/calls/", "红石", then="/worker/calls/"),
    Kind("night patrols for residents", "/calls/", "李桂芳"),
    Kind("night patrol for residents", "/calls/", "李桂芳", then="/calls/"),
    Kind("acting on several", "/desk/bulk/", "陈静", "desk"),
    Kind("department", "/department/", "赵强", "desk"),
    Kind("case in a department", "/department/", "赵强", "desk", then="/department/cases/"),
]


def reach(visit, kind: Kind, **more):
    """The page opened, at its end if it lies behind a list."""
    page = visit(kind.path, as_=kind.as_, width=more.pop("width", kind.width), **more)
    if kind.then:
        links = page.locator(f"main a[href^='{kind.then}']").evaluate_all(
            "(all, words) => all.filter(a => (a.closest('li') ?? a).innerText.includes(words)).map(a => a.getAttribute('href'))",
            kind.words,
        )
        found = [link for link in links if len(link) > len(kind.then) + 30 and "?" not in link]
        assert found, f"{kind.path} shows no link to {kind.then}…: {links}"
        page.goto(found[0] + kind.more)
    return page
