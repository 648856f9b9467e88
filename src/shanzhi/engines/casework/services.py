"""Commands of casework. All keyword-only, with the actor as `by`; each is one transaction."""

from .acting import act
from .conflicts import Moved
from .handover import hand_over
from .joining import Subscribed, join, subscribe
from .many import Planned, act_many, open_many
from .opening import Opened, Reporter, open_case
from .own_data import correct_contact
from .proof import Attached
from .recusing import recuse, recuse_from_unit
from .sides import invite
from .ticking import Ticked, making_a_past, tick
from .topics import register_topics

__all__ = [
    "Attached", "Moved", "Opened", "Planned", "Reporter", "Subscribed", "Ticked", "act", "act_many", "correct_contact", "hand_over", "invite",
    "join", "making_a_past", "open_case", "open_many", "recuse", "recuse_from_unit", "register_topics", "subscribe", "tick",
]  # fmt: skip
