"""Who gets in where: every address of the house, by its route. An address that is not listed here fails the test.

A row is (method, who gets what). What an actor gets:
    in      the page, the data, or the command behind it (which may still find fault with an empty form)
    signin  sent to sign in
    denied  403: this door is not theirs
    unseen  404: nothing is said of whether it exists
    again   asked for the password once more before a sensitive page
A rule names the answer for each group; the people of the groups are in test_matrix.py.
"""

from __future__ import annotations

GROUPS = (
    "visitor",
    "reporter",
    "resident",  # a neighbour with an account
    "worker",
    "neighbour worker",
    "secretary",
    "dispatcher",
    "handler",  # of the unit that has the case
    "other handler",  # of another department
    "complained",  # handler of the unit complained about
    "checker",
    "coordinator",
)
RESIDENTS = ("reporter", "resident")
STRANGERS = ("neighbour worker", "other handler", "complained")  # on duty, but not with this case


def rule(everyone: str = "in", **but: str) -> dict[str, str]:
    """`everyone` gets this, except: names with underscores for spaces; `residents`, `strangers` stand for several."""
    found = dict.fromkeys(GROUPS, everyone)
    for name, answer in but.items():
        names = {"residents": RESIDENTS, "strangers": STRANGERS}.get(name, (name.replace("_", " "),))
        found |= dict.fromkeys(names, answer)
    return found


PUBLIC = rule()
SIGNED = rule(visitor="signin")
DUTY = rule(visitor="signin", residents="denied")  # a list: strangers see it without the case
CASE = rule(visitor="signin", residents="denied", strangers="unseen")  # a case in a door of people on duty
OWN = rule(visitor="unseen", resident="unseen", strangers="unseen")  # a case in the resident's door
REPORTER = rule("denied", visitor="unseen", resident="unseen", strangers="unseen", reporter="in")  # an act of theirs
NEVER = rule("unseen")  # with an id or token that is nobody's
TAKE = rule(
    "denied", visitor="signin", strangers="unseen", handler="in"
)  # accepting, which is for the unit that has it
POSTS = rule(visitor="signin", residents="denied")  # needs a post of one's own
AGAIN = rule("again", visitor="signin")
UNSET = rule("unseen", visitor="signin")  # of a second factor, a night or a code that nobody here has set up
UNKNOWN = rule("unseen", visitor="signin", residents="denied")  # a round or night that is nobody's
CALLERS = rule(
    "denied", visitor="signin", worker="in", neighbour_worker="in", secretary="in"
)  # may call a night patrol
OWN_CODES = rule("denied", visitor="signin", worker="in", neighbour_worker="in", secretary="in", coordinator="in")

GET, POST = "get", "post"
HOUSE = {
    "": (GET, PUBLIC),
    "kit/display/": (POST, PUBLIC),
    "i18n/setlang/": (POST, PUBLIC),
    "simulation/": (GET, NEVER),  # no demonstration here
    "simulation/pause": (POST, NEVER),
    "simulation/resume": (POST, NEVER),
    "simulation/speed": (POST, NEVER),
    "sw.js": (GET, PUBLIC),
    "manifest.webmanifest": (GET, PUBLIC),
    "offline/": (GET, PUBLIC),
    "api/files": (POST, PUBLIC),
    "api/files/kept/<uuid:id>": (GET, NEVER),
    "api/files/<str:token>": (GET, NEVER),
    "api/places": (GET, PUBLIC),
    "api/places/here": (GET, PUBLIC),
    "api/places/outline": (GET, PUBLIC),
    "api/": (GET, NEVER),  # ninja's name for where the API begins
    "api/openapi.json": (GET, PUBLIC),
    "api/cases": (GET, SIGNED),  # only what they may see anyhow
    "api/cases/<uuidstr:id>": (GET, rule(visitor="signin", resident="unseen", strangers="unseen")),
    "api/cases/<uuidstr:id>/<action>": (
        POST,
        rule("denied", visitor="signin", resident="unseen", strangers="unseen", handler="in"),
    ),
}
RESIDENT = {
    "report/": (GET, PUBLIC),
    "report/suggestions/": (POST, PUBLIC),
    "c/<str:token>": (GET, NEVER),
    "c/<str:token>/": (GET, NEVER),
    "follow/<str:token>/": (GET, NEVER),
    "follow/<str:token>/sent/": (GET, NEVER),
    "case/<str:number>/": (GET, OWN),
    "case/<str:number>/papers/<slug:name>.pdf": (GET, NEVER),  # a matter without papers
    "reports/": (GET, PUBLIC),
    "reports/<uuid:id>/": (GET, OWN),
    "reports/<uuid:id>/sent/": (GET, OWN),
    "reports/<uuid:id>/record.pdf": (GET, OWN),
    "reports/<uuid:id>/spot.json": (GET, OWN),
    "reports/<uuid:id>/subscription/": (POST, NEVER),  # what is about a unit is nothing for neighbours to join
    "reports/<uuid:id>/<slug:action>/": (POST, REPORTER),
    "notices/": (GET, PUBLIC),
    "notices/read/": (POST, rule(visitor="denied")),
    "notices/<uuid:id>/": (POST, rule(visitor="denied")),  # one that is not theirs leads to their own list
    "answering/": (GET, PUBLIC),
    "about/how/": (GET, PUBLIC),
    "about/privacy/": (GET, PUBLIC),
    "about/boundaries/": (GET, PUBLIC),
    "calls/": (GET, PUBLIC),
    "calls/here/<str:token>/": (GET, UNSET),
    "calls/<uuid:id>/": (GET, NEVER),
    "calls/<uuid:id>/signup": (POST, UNSET),
    "calls/<uuid:id>/withdrawal": (POST, UNSET),
}
WORKER = {
    "worker/": (GET, DUTY),
    "worker/tasks/<uuid:id>/": (GET, CASE),
    "worker/tasks/<uuid:id>/where.json": (GET, CASE),
    "worker/tasks/<uuid:id>/around.json": (GET, CASE),
    "worker/tasks/<uuid:id>/reporter": (POST, CASE),
    "worker/tasks/<uuid:id>/interest": (POST, CASE),
    "worker/tasks/<uuid:id>/<slug:noun>": (POST, TAKE),
    "worker/report/": (GET, DUTY),
    "worker/report/suggestions/": (POST, DUTY),
    "worker/grid/": (GET, DUTY),
    "worker/grid/points.json": (GET, DUTY),
    "worker/grid/outlines.json": (GET, DUTY),
    "worker/grid/codes.pdf": (GET, DUTY),
    "worker/grid/codes/": (POST, OWN_CODES),
    "worker/day/": (GET, DUTY),
    "worker/rounds/": (GET, DUTY),
    "worker/rounds/<uuid:id>/": (GET, UNKNOWN),
    "worker/rounds/<uuid:id>/start": (POST, UNKNOWN),
    "worker/rounds/<uuid:id>/items/<slug:item>": (POST, UNKNOWN),
    "worker/rounds/<uuid:id>/items/<slug:item>/correction": (POST, UNKNOWN),
    "worker/calls/": (GET, DUTY),
    "worker/calls/new": (GET, CALLERS),
    "worker/calls/<uuid:id>/": (GET, UNKNOWN),
    "worker/calls/<uuid:id>/names": (POST, UNKNOWN),
    "worker/calls/<uuid:id>/presence": (POST, UNKNOWN),
    "worker/calls/<uuid:id>/closing": (POST, UNKNOWN),
}
PLACE = rule(visitor="signin", residents="denied", neighbour_worker="denied")  # a place within one's own
MINE = rule("unseen", visitor="signin", residents="denied")  # what somebody on duty keeps for themselves
CODES = rule(
    "denied", visitor="signin", worker="in", secretary="in", coordinator="in"
)  # roles entrusted with codes, in their place
NOT_HERE = rule("denied", visitor="signin")  # for mediators, of whom this city's text has none
DESK = {
    "desk/": (GET, DUTY),
    "desk/points.json": (GET, DUTY),
    "desk/outlines.json": (GET, DUTY),
    "desk/cases/<uuid:id>/": (GET, CASE),
    "desk/cases/<uuid:id>/where.json": (GET, CASE),
    "desk/cases/<uuid:id>/around.json": (GET, CASE),
    "desk/cases/<uuid:id>/record.pdf": (GET, CASE),
    "desk/cases/<uuid:id>/reporter": (POST, CASE),
    "desk/cases/<uuid:id>/interest": (POST, CASE),
    "desk/cases/<uuid:id>/quick": (GET, CASE),
    "desk/cases/<uuid:id>/<slug:noun>": (POST, TAKE),
    "desk/search/": (GET, DUTY),
    "desk/search/points.json": (GET, DUTY),
    r"desk/^search/cases\.(?P<kind>csv|xlsx)$": (GET, DUTY),
    "desk/search/saved/": (POST, DUTY),
    "desk/search/saved/<uuid:id>/name": (POST, MINE),
    "desk/search/saved/<uuid:id>/removal": (POST, MINE),
    "desk/bulk/": (GET, DUTY),
    "desk/bulk/<uuid:id>/": (GET, MINE),
    "desk/bulk/<uuid:id>/undo": (POST, MINE),
    "desk/today/": (GET, DUTY),
    "desk/report/": (GET, DUTY),
    "desk/disputes/new/": (GET, NOT_HERE),
    "desk/places/": (GET, DUTY),
    "desk/places/<uuid:id>/": (GET, PLACE),
    "desk/places/<uuid:id>/outlines.json": (GET, PLACE),
    "desk/places/<uuid:id>/codes": (POST, CODES),
    "desk/places/<uuid:id>/codes.pdf": (GET, PLACE),
    "desk/lines/": (GET, DUTY),
    "desk/load/": (GET, DUTY),
    "desk/units/": (GET, DUTY),
}
DEPARTMENT = {
    "department/": (GET, DUTY),
    "department/points.json": (GET, DUTY),
    "department/outlines.json": (GET, DUTY),
    "department/cases/<uuid:id>/": (GET, CASE),
    "department/cases/<uuid:id>/where.json": (GET, CASE),
    "department/cases/<uuid:id>/around.json": (GET, CASE),
    "department/cases/<uuid:id>/record.pdf": (GET, CASE),
    "department/cases/<uuid:id>/reporter": (POST, CASE),
    "department/cases/<uuid:id>/interest": (POST, CASE),
    "department/cases/<uuid:id>/<slug:noun>": (POST, TAKE),
}
APPOINTS = rule("denied", visitor="signin", coordinator="in")  # whose post lets them appoint
NOBODYS = rule("denied", visitor="signin", coordinator="unseen")  # the same, with an id that is nobody's
ADMINISTRATION = {
    "administration/": (GET, APPOINTS),
    "administration/units.csv": (GET, APPOINTS),
    "administration/tree/": (GET, APPOINTS),
    "administration/units/new/": (GET, APPOINTS),
    "administration/units/<uuid:id>/": (GET, NOBODYS),
    "administration/units/<uuid:id>/name/": (GET, NOBODYS),
    "administration/units/<uuid:id>/closing/": (POST, NOBODYS),
    "administration/units/<uuid:id>/closing/withdrawal": (POST, NOBODYS),
    "administration/units/<uuid:id>/calendar/": (GET, NOBODYS),
    "administration/units/<uuid:id>/calendar/hours": (POST, NOBODYS),
    "administration/units/<uuid:id>/calendar/hours/<uuid:row>/withdrawal": (POST, NOBODYS),
    "administration/units/<uuid:id>/calendar/days": (POST, NOBODYS),
    "administration/units/<uuid:id>/calendar/days/<uuid:row>/withdrawal": (POST, NOBODYS),
    "administration/calendar/": (GET, APPOINTS),
    "administration/calendar/<uuid:place>/days": (POST, NOBODYS),
    "administration/calendar/<uuid:place>/days/<uuid:row>/withdrawal": (POST, NOBODYS),
    "administration/people/": (GET, APPOINTS),
    "administration/people.csv": (GET, APPOINTS),
    "administration/people/new/": (GET, APPOINTS),
    "administration/people/<uuid:id>/": (GET, NOBODYS),
    "administration/people/<uuid:id>/posts/": (POST, NOBODYS),
    "administration/people/<uuid:id>/name": (POST, NOBODYS),
    "administration/people/<uuid:id>/account/": (GET, NOBODYS),
    "administration/people/<uuid:id>/link": (POST, NOBODYS),
    "administration/people/<uuid:id>/closing": (POST, NOBODYS),
    "administration/people/<uuid:id>/opening": (POST, NOBODYS),
    "administration/people/<uuid:id>/second": (POST, NOBODYS),
    "administration/posts/<uuid:id>/end/": (POST, NOBODYS),
    "administration/posts/<uuid:id>/end/withdrawal": (POST, NOBODYS),
    "administration/vacant/": (GET, APPOINTS),
}
SIGNIN = {
    "signin/": (GET, PUBLIC),
    "signin/code/": (GET, SIGNED),  # a visitor who asked for no code is sent back to ask
    "signin/password/": (GET, PUBLIC),
    "signin/signup/": (GET, rule("signin")),
    "signin/out/": (GET, PUBLIC),
    "signin/closed/": (GET, PUBLIC),
    "signin/again/": (GET, SIGNED),
    "signin/password/change/": (GET, SIGNED),
    "signin/password/new/": (GET, SIGNED),
    "signin/phone/": (GET, SIGNED),
    "signin/phone/code/": (GET, SIGNED),
    "signin/sessions/": (GET, SIGNED),
    "signin/second/": (GET, SIGNED),
    "signin/second/step/": (GET, SIGNED),
    "signin/second/again/": (GET, AGAIN),
    "signin/second/app/": (GET, AGAIN),
    "signin/second/app/off/": (GET, UNSET),
    "signin/second/codes/": (GET, UNSET),
    "signin/second/codes/new/": (GET, AGAIN),
    "signin/second/codes/download/": (GET, UNSET),
    "signin/home/": (GET, SIGNED),
    "signin/post/": (POST, rule("unseen", visitor="signin")),  # no post named
    "signin/second/needed/": (GET, SIGNED),
    "signin/invitation/<str:token>/": (GET, NEVER),
    "signin/demo/": (POST, NEVER),  # no demonstration here
    "signin/me/": (GET, SIGNED),
    "signin/me/data/": (GET, SIGNED),
    "signin/me/erasure/": (POST, SIGNED),
    "signin/me/openings/": (GET, SIGNED),
    "signin/me/interests/": (GET, POSTS),
    "signin/me/interests/<uuid:id>/end/": (POST, rule("unseen", visitor="signin")),
}
TABLE = HOUSE | RESIDENT | WORKER | DESK | DEPARTMENT | ADMINISTRATION | SIGNIN
