"""Commands of this app. All keyword-only, with the actor as `by`; each is one transaction."""

from .commands.access import access_person, record_access
from .commands.accounts import (
    Invitation,
    accept_invitation,
    close_account,
    end_sessions,
    give_account,
    invited,
    issue_link,
    remove_second_factor,
    rename_officer,
    reopen_account,
)
from .commands.closing import Closed, close_due, close_unit, keep_unit
from .commands.erasure import erase, erase_due, erasure_of, own_data, request_erasure, withdraw_erasure
from .commands.households import form_household
from .commands.interests import Nearness, declare_conflict, end_conflict
from .commands.opening import change_unit, open_unit
from .commands.persons import correct_name, create_person, register_proven
from .commands.phones import account_by_phone, normalised, phone_of, set_phone
from .commands.posts import appoint, end_post, keep_post
from .commands.staffing import fill_vacancies, open_accounts
from .commands.units import establish_units, units_above
from .whys import Why, why_case

__all__ = [
    "Closed", "Invitation", "Nearness", "Why", "accept_invitation", "access_person", "account_by_phone", "appoint", "change_unit", "close_account", "close_due", "close_unit", "correct_name", "create_person", "declare_conflict",
    "end_conflict", "end_post", "end_sessions", "erase", "erase_due", "erasure_of", "establish_units", "fill_vacancies", "form_household", "give_account", "invited", "issue_link", "keep_post", "keep_unit", "normalised", "open_accounts", "open_unit", "own_data",
    "phone_of", "record_access", "register_proven", "remove_second_factor", "rename_officer", "reopen_account", "request_erasure", "set_phone",
    "units_above", "why_case", "withdraw_erasure",
]  # fmt: skip
