"""Signing in: allauth, sessions, rate limits. Phone code or password; no e-mail anywhere."""

from __future__ import annotations

AUTHENTICATION_BACKENDS = ["shanzhi.registers.people.sessions.Backend"]
SESSION_ENGINE = "shanzhi.registers.people.sessions"
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "signin:home"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "shanzhi.doors.signin.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone"]  # with a star, whoever has no number could not sign in by password either
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 5 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 5 * 60
ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 5
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
# Digits only: read aloud from a text message and typed on a number pad.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/300s/key",
    "request_login_code": "20/m/ip,1/m/key,10/d/key",
    "verify_phone": "10/m/ip,1/m/key",
    "change_phone": "3/m/user",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "shanzhi.doors.signin.forms.PasswordForm",
    "request_login_code": "shanzhi.doors.signin.forms.PhoneForm",
    "confirm_login_code": "shanzhi.doors.signin.forms.CodeForm",
    "change_phone": "shanzhi.doors.signin.forms.ChangePhoneForm",
    "verify_phone": "shanzhi.doors.signin.forms.VerifyPhoneForm",
    "change_password": "shanzhi.doors.signin.forms.ChangePasswordForm",
    "set_password": "shanzhi.doors.signin.forms.SetPasswordForm",
    "reauthenticate": "shanzhi.doors.signin.forms.ReauthenticateForm",
}

MFA_ADAPTER = "shanzhi.doors.signin.mfa.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "善治 Shanzhi"
MFA_FORMS = {
    "authenticate": "shanzhi.doors.signin.forms.SecondStepForm",
    "reauthenticate": "shanzhi.doors.signin.forms.SecondStepAgainForm",
    "activate_totp": "shanzhi.doors.signin.forms.ActivateForm",
}
USERSESSIONS_TRACK_ACTIVITY = False  # LastSeenMiddleware does, less often

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Rate limits must count across all serving processes: a cache of each process's own would multiply them.
# Room for many visitors: beyond it the cache throws entries away, counters too.
CACHES = {
    "default": {
        "BACKEND": "shanzhi.kit.counters.HouseCache",
        "LOCATION": "house_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
