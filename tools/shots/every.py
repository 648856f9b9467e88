"""All pictures there are, and which addresses are no pages to take one of."""

from . import counties, decisions, desk, patrols, plays, residents, sides, workers

SHOTS = [
    *residents.SHOTS, *workers.SHOTS, *desk.SHOTS, *decisions.SHOTS, *counties.SHOTS, *patrols.SHOTS, *sides.SHOTS, *plays.SHOTS,
]  # fmt: skip

# What a form sends to and leads on from; data that a page asks for; files; what only sends on.
SENT = {
    "act", "action", "bulk-undo", "call-closing", "call-names", "call-presence", "call-signup", "call-withdrawal", "demo", "display",
    "erasure", "interest", "interest-end", "issue", "notice", "pause", "person-close", "person-link", "person-name", "person-open",
    "person-second", "post", "post-keep", "read-all", "reporter", "resume", "round-answer", "round-correction", "round-start", "saved-keep", "saved-remove",
    "saved-rename", "set_language", "speed", "subscribe", "unit-keep",
    "place-day", "place-day-clear", "unit-day", "unit-day-clear", "unit-hours", "unit-hours-clear",
}  # fmt: skip
DATA = {
    "around", "file", "files", "here", "kept", "outline", "outlines", "people-table", "place-outlines", "places", "points", "search-points",
    "service-worker", "spot", "suggestions", "table", "units-table", "webmanifest", "where",
}  # fmt: skip
FILES = {"export", "mfa_download_recovery_codes", "paper", "record", "sheet"}
LEADS_ON = {"account_signup", "case", "home"}
# Only shown to somebody who signs in with a password and has a second step; the people of a demonstration have no password.
OUT_OF_REACH = {"mfa_authenticate"}


def no_page(name: str) -> bool:
    """`name`: as in reverse(), with its door."""
    door, _colon, last = name.rpartition(":")
    if door in ("cases-api", "api"):
        return True
    if name in ("resident:home", "desk:case", "department:case", "desk:places"):
        return False
    return last in SENT | DATA | FILES | LEADS_ON | OUT_OF_REACH
