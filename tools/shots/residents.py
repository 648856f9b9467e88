"""What residents and visitors see, and signing in."""

from .shot import Hop, Shot, click, fill, refused, wait

WHO = "居民"
VISITOR = [
    Shot("home", "resident:home", "/", printed=True), Shot("report", "resident:report", "/report/", printed=True),
    Shot("report-refused", "resident:report", "/report/", does=(refused("form[action='/report/'], main form"),)),
    Shot("answering", "resident:answering", "/answering/"), Shot("how", "resident:how", "/about/how/", printed=True),
    Shot("privacy", "resident:privacy", "/about/privacy/", printed=True),
    Shot("boundaries", "resident:boundaries", "/about/boundaries/", printed=True),
    Shot("reports-visitor", "resident:reports", "/reports/"), Shot("notices-visitor", "resident:notices", "/notices/"),
    Shot("signin", "account_request_login_code", "/signin/"), Shot("password", "account_login", "/signin/password/"),
    Shot("password-refused", "account_login", "/signin/password/", does=(refused("main form"),)),
    Shot("signed-out", "account_inactive", "/signin/closed/"),
    Shot("code-unknown", "resident:code", "/c/x7Kq-nobody", status=404),
    Shot("follow-unknown", "resident:follow", "/follow/x7Kq-nobody/", status=404),
    Shot("invitation-unknown", "signin:invitation", "/signin/invitation/x7Kq-nobody/", status=404),
    Shot("missing", "", "/nothing-here/", status=404), Shot("offline", "kit-offline", "/offline/"),
    Shot("deed-opened", "", "/signin/demo/"), Shot("calls-visitor", "resident:calls", "/calls/"),
    Shot("refused-409", "", "/kit/gallery/refused-409/", status=409), Shot("refused-422", "", "/kit/gallery/refused-422/", status=422),
    Shot("refused-boundary", "", "/kit/gallery/refused-boundary/", status=403), Shot("gallery", "", "/kit/gallery/"),
    Shot("signin-code", "account_confirm_login_code", "/signin/", does=(fill("main input[name=phone]", "13800138000"), click("main form button.primary"), wait(900))),
]  # fmt: skip
REPORTS = Hop("/reports/")
RESIDENT = [
    Shot("resident-home", "resident:home", "/", WHO), Shot("resident-reports", "resident:reports", "/reports/?view=all", WHO),
    Shot("resident-open", "resident:one", "/reports/?view=open", WHO, (REPORTS,)),
    Shot("resident-closed", "resident:one", "/reports/?view=closed", WHO, (REPORTS,), printed=True),
    Shot("resident-sent", "resident:sent", "/reports/?view=open", WHO, (REPORTS,), "sent/"),
    Shot("resident-denied", "", "/desk/", WHO, status=403),
    Shot("notices", "resident:notices", "/notices/", WHO), Shot("me", "signin:me", "/signin/me/", WHO),
    Shot("openings", "signin:openings", "/signin/me/openings/", WHO),
    Shot("sessions", "usersessions_list", "/signin/sessions/", WHO), Shot("second-step", "mfa_index", "/signin/second/", WHO),
    Shot("second-app", "mfa_activate_totp", "/signin/second/app/", WHO),
    Shot("phone", "account_change_phone", "/signin/phone/", WHO),
    Shot("password-change", "account_change_password", "/signin/password/change/", WHO),
    Shot("password-new", "account_set_password", "/signin/password/new/", WHO),
    Shot("leave", "account_logout", "/signin/out/", WHO), Shot("calls", "resident:calls", "/calls/", WHO),
    Shot("phone-code", "account_verify_phone", "/signin/phone/", WHO, does=(fill("main input[name=phone]", "13800138001"), click("main form button.primary"), wait(900))),
    Shot("again", "account_reauthenticate", "/signin/again/", WHO),
    Shot("menu", "resident:home", "/", WHO, does=(click(".menu > summary"),)),
]  # fmt: skip
SHOTS = VISITOR + RESIDENT
