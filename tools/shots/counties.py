"""Two counties with playbooks of their own: mediation in Dalate (in Ordos), rounds and night patrols in Guiyang (in Chenzhou)."""

from .shot import Hop, Shot, refused

CASE = (Hop("/desk/cases/"),)
VILLAGE, TOWNSHIP, BANNER, SIDE = (
    "达拉特旗:社区调解员",
    "达拉特旗:街道调解员",
    "达拉特旗:旗级调解员",
    "达拉特旗:居民",
)
WALKER, SECRETARY, STREET, DESK, NEIGHBOUR = (
    "桂阳县:网格员",
    "桂阳县:书记",
    "桂阳县:综治专干",
    "桂阳县:调度员",
    "桂阳县:居民",
)


def rung(name: str, state: str, who: str, more: str = "", printed: bool = False) -> Shot:
    return Shot(name, "desk:case", f"/desk/search/?state={state}", who, CASE, more, printed=printed)


DALATE = [
    Shot("dispute-inbox", "desk:inbox", "/desk/", VILLAGE), Shot("dispute-today", "desk:today", "/desk/today/", BANNER),
    Shot("dispute-new", "desk:dispute", "/desk/disputes/new/", VILLAGE),
    Shot("dispute-new-refused", "desk:dispute", "/desk/disputes/new/", VILLAGE, does=(refused("main form"),)),
    rung("dispute-reported", "reported", VILLAGE), rung("dispute-party", "reported", VILLAGE, "?do=party"),
    rung("dispute-paper-consent", "reported", VILLAGE, "?do=paper-consent"), rung("dispute-unsuited", "reported", VILLAGE, "?do=unsuited"),
    rung("dispute-village", "village", VILLAGE, printed=True), rung("dispute-try", "village", VILLAGE, "?do=village-try"),
    rung("dispute-township", "township", TOWNSHIP), rung("dispute-county", "county", BANNER),
    Shot("dispute-county-try", "desk:case", "=agreed:county", BANNER, more="?do=county-try"), rung("dispute-outside", "village-outside", VILLAGE),
    rung("dispute-asked", "township-asked", TOWNSHIP), rung("dispute-in-force", "in-force", VILLAGE), rung("dispute-broken", "broken", VILLAGE),
    rung("dispute-stopped", "stopped", VILLAGE), rung("dispute-danger", "danger", BANNER), rung("dispute-closed", "closed", VILLAGE),
    rung("dispute-ended", "ended", VILLAGE), Shot("dispute-side", "resident:one", "/reports/?view=open", SIDE, (Hop("/reports/", "调解"),)),
    Shot("dispute-report", "resident:report", "/report/", SIDE), Shot("banner-home", "resident:home", "/", SIDE),
    rung("whistle", "reported", "达拉特旗:综治专干", "?do=whistle"),
    Shot("banner-leader", "desk:today", "/desk/today/", "达拉特旗:分管", printed=True),
    Shot("banner-desk", "desk:inbox", "/desk/", "达拉特旗:调度员"), Shot("banner-lines", "desk:lines", "/desk/lines/", "达拉特旗:调度员"),
    Shot("banner-place", "desk:place", "/desk/places/", "达拉特旗:调度员", (Hop("/desk/places/"),)),
]  # fmt: skip
ROUND = (Hop("/worker/rounds/"),)
GUIYANG = [
    Shot("rounds", "worker:rounds", "/worker/rounds/", WALKER), Shot("rounds-done", "worker:round", "=whole-round", WALKER),
    Shot("round", "worker:round", "/worker/rounds/", WALKER, ROUND, printed=True),
    Shot("rounds-secretary", "worker:rounds", "/worker/rounds/", SECRETARY), Shot("rounds-street", "worker:rounds", "/worker/rounds/", STREET),
    Shot("night-calls", "resident:calls", "/calls/", NEIGHBOUR), Shot("night-call", "resident:call", "/calls/", NEIGHBOUR, (Hop("/calls/"),)),
    Shot("night-calls-led", "worker:calls", "/worker/calls/", SECRETARY),
    Shot("night-led", "worker:call", "/worker/calls/", SECRETARY, (Hop("/worker/calls/"),), printed=True),
    Shot("night-over", "worker:call", "/worker/calls/", SECRETARY, (Hop("/worker/calls/", "已巡完"),)),
    Shot("night-new", "worker:call-new", "/worker/calls/new", SECRETARY),
    Shot("night-new-refused", "worker:call-new", "/worker/calls/new", SECRETARY, does=(refused("main form"),)),
    Shot("guiyang-home", "resident:home", "/", NEIGHBOUR), Shot("guiyang-desk", "desk:inbox", "/desk/", DESK),
    Shot("guiyang-today", "desk:today", "/desk/today/", "桂阳县:县级组织员", printed=True),
    Shot("round-at-desk", "desk:case", "/desk/search/?state=due", DESK, CASE), Shot("round-done-at-desk", "desk:case", "/desk/search/?state=done", DESK, CASE),
    Shot("guiyang-worker", "worker:tasks", "/worker/", WALKER), Shot("guiyang-mediator", "worker:tasks", "/worker/", "桂阳县:网格调解员"),
    Shot("guiyang-officer", "worker:tasks", "/worker/", "桂阳县:网格警员"),
]  # fmt: skip
SHOTS = DALATE + GUIYANG
