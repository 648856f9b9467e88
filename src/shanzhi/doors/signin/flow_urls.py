"""allauth's flows under our addresses. Only these: what is not listed (e-mail, resets by mail) cannot be reached."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

from .views import again, phone, sessions

urlpatterns = [
    path("", phone.CodeRequest.as_view(), name="account_request_login_code"),
    path("code/", phone.CodeConfirm.as_view(), name="account_confirm_login_code"),
    path("password/", account.login, name="account_login"),
    path("signup/", RedirectView.as_view(pattern_name="account_request_login_code"), name="account_signup"),
    path("out/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("again/", again.Again.as_view(), name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/new/", account.password_set, name="account_set_password"),
    path("phone/", phone.PhoneChange.as_view(), name="account_change_phone"),
    path("phone/code/", phone.PhoneConfirm.as_view(), name="account_verify_phone"),
    path("sessions/", sessions.Sessions.as_view(), name="usersessions_list"),
    path("second/", second.index, name="mfa_index"),
    path("second/step/", second.authenticate, name="mfa_authenticate"),
    path("second/again/", again.SecondAgain.as_view(), name="mfa_reauthenticate"),
    path("second/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second/codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
