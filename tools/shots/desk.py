"""The desk of a city, those above it, and the administration."""

from .shot import Hop, Shot, click, fill, key, refused, wait

DESK, STREET, COUNTY, CHECKER, CITY = "调度员", "综治专干", "县级组织员", "核查员", "市级统筹员"
CASE = (Hop("/desk/cases/"),)


def state(name: str, page: str, who: str = DESK, more: str = "", printed: bool = False) -> Shot:
    return Shot(name, "desk:case", f"/desk/search/?state={page}", who, CASE, more, printed=printed)


LISTS = [
    Shot("desk-inbox", "desk:inbox", "/desk/", DESK), Shot("desk-all", "desk:inbox", "/desk/?box=all", DESK),
    Shot("desk-late", "desk:inbox", "/desk/?box=late", DESK), Shot("desk-search", "desk:search", "/desk/search/?which=all", DESK),
    Shot("desk-filters", "desk:search", "/desk/search/?which=open&urgency=urgent&from=2026-01-01", DESK),
    Shot("found-nothing", "desk:search", "/desk/search/?q=㐂𠮷", DESK),
    Shot("desk-save", "desk:search", "/desk/search/?which=open&urgency=urgent", DESK, does=(click("[data-open=saved]"),)),
    Shot("desk-today", "desk:today", "/desk/today/", DESK, printed=True), Shot("desk-report", "desk:report", "/desk/report/", DESK),
    Shot("desk-report-refused", "desk:report", "/desk/report/", DESK, does=(refused("main form"),)),
    Shot("desk-places", "desk:places", "/desk/places/", DESK), Shot("desk-place", "desk:place", "/desk/places/", DESK, (Hop("/desk/places/"),)),
    Shot("desk-load", "desk:load", "/desk/load/", DESK, printed=True), Shot("desk-units", "desk:units", "/desk/units/", DESK),
    Shot("desk-lines", "desk:lines", "/desk/lines/", DESK), Shot("desk-bulk-none", "desk:bulk", "/desk/bulk/", DESK),
    Shot("desk-lines-refused", "desk:lines", "/desk/lines/", DESK, does=(refused("main form"),)),
    Shot("desk-keys", "desk:inbox", "/desk/", DESK, does=(key("?"),)),
    Shot("interests", "signin:interests", "/signin/me/interests/", DESK), Shot("simulation", "simulation:panel", "/simulation/", DESK),
    Shot("street", "desk:inbox", "/desk/", STREET), Shot("county", "desk:today", "/desk/today/", COUNTY, printed=True),
    Shot("checker", "desk:inbox", "/desk/?box=check", CHECKER), Shot("checker-rounds", "worker:rounds", "/worker/rounds/", CHECKER),
    Shot("desk-not-theirs", "", "/administration/", DESK, status=403),
    Shot("desk-select", "desk:inbox", "/desk/?box=all", DESK, does=(click(".pick"),)),
]  # fmt: skip
CASES = [
    state("case-reported", "reported"), state("case-rejection", "reported", more="?do=rejection"),
    state("case-joining", "reported", more="?do=joining"), state("case-registration", "reported", more="?do=registration"),
    state("case-registered", "registered"), state("case-dispatch", "registered", more="?do=dispatch"),
    state("case-joint-dispatch", "registered", more="?do=joint-dispatch"), state("case-division", "registered", more="?do=division"),
    state("case-dispatched", "dispatched"), state("case-together", "together"), state("case-more-units", "together", more="?do=more-units"),
    state("case-divided", "divided"), state("case-handling", "handling"), state("case-help-asked", "help-asked"),
    state("case-waiting", "waiting-outside"), state("case-handled", "handled", CHECKER),
    state("case-rework", "handled", CHECKER, "?do=rework"), state("case-closed", "closed", printed=True),
    state("case-rejected", "rejected"), state("case-joined", "joined"), state("case-withdrawn", "withdrawn"),
    Shot("case-quick", "desk:quick", "/desk/?box=triage", DESK, does=(click(".rows [hx-get*=quick]"),)),
    Shot("case-quick-refused", "", "/desk/?box=triage", DESK, does=(click(".rows [hx-get*=quick]"), wait(800), refused(".rows form"))),
    Shot("case-unseen", "", "/desk/cases/00000000-0000-7000-8000-000000000000/", DESK, status=404),
]  # fmt: skip
UNITS, PEOPLE = (Hop("/administration/units/"),), (Hop("/administration/people/"),)
ADMINISTRATION = [
    Shot("admin-units", "administration:units", "/administration/", CITY), Shot("admin-tree", "administration:tree", "/administration/tree/", CITY),
    Shot("admin-found-nothing", "administration:units", "/administration/?q=㐂𠮷", CITY),
    Shot("admin-unit", "administration:unit", "/administration/", CITY, UNITS),
    Shot("admin-unit-change", "administration:unit-change", "/administration/", CITY, UNITS, "name/"),
    Shot("admin-closing", "administration:unit-close", "/administration/", CITY, UNITS, "closing/"),
    Shot("admin-unit-new", "administration:unit-new", "/administration/units/new/", CITY),
    Shot("admin-unit-refused", "administration:unit-new", "/administration/units/new/", CITY, does=(refused("main form"),)),
    Shot("admin-people", "administration:people", "/administration/people/", CITY),
    Shot("admin-people-found", "administration:people", "/administration/people/", CITY, does=(fill("main input[name=q]", "王"), click("main form.filters button, main .filters button"), wait(600))),
    Shot("admin-person", "administration:person", "/administration/people/", CITY, PEOPLE),
    Shot("admin-post-new", "administration:appoint", "/administration/people/", CITY, PEOPLE, "posts/"),
    Shot("admin-account", "administration:person-account", "/administration/people/", CITY, PEOPLE, "account/"),
    Shot("admin-person-new", "administration:person-new", "/administration/people/new/", CITY),
    Shot("admin-post-end", "administration:post-end", "/administration/people/", CITY, (*PEOPLE, Hop("/administration/posts/", ends="/end/$"))),
    Shot("admin-unit-calendar", "administration:unit-calendar", "/administration/", CITY, UNITS, "calendar/"),
    Shot("admin-hours-refused", "", "/administration/", CITY, UNITS, "calendar/", does=(refused("main form[action$=hours]"),)),
    Shot("admin-calendar", "administration:calendar", "/administration/calendar/", CITY),
    Shot("admin-vacant", "administration:vacant", "/administration/vacant/", CITY),
]  # fmt: skip
SHOTS = LISTS + CASES + ADMINISTRATION
