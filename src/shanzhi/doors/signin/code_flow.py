"""allauth's code by text message, for numbers that have no account yet as well: the account is made when the code is proven.

To an unknown number allauth would send nothing, or another text. Here known and unknown get the same code in the same way,
so nobody learns which numbers have an account, and typing a number leaves nothing behind.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.phone_verification import (
    PHONE_VERIFICATION_SESSION_KEY,
    ChangePhoneVerificationProcess,
)
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest

from shanzhi.foundation.base.refusals import Refusal
from shanzhi.registers.people import services as people


class CodeProcess(LoginCodeVerificationProcess):
    @classmethod
    def begin(cls, *, request: HttpRequest, user: Any, phone: str) -> CodeProcess:
        login = Login(user=user)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, phone=phone) | {"initiated_by_user": True})
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> CodeProcess | None:
        return cls(stage=stage).abort_if_invalid()

    def generate_code(self) -> str:
        self.state["code"] = get_adapter().generate_phone_verification_code(user=self.user, phone=self.state["phone"])
        self.state["at"] = time.time()  # each code counts its whole five minutes, as its message says
        return self.state["code"]

    def send_by_phone(self, phone: str, skip_enumeration_mails: bool = False) -> None:
        get_adapter().send_verification_code_sms(user=self.user, phone=phone, code=self.generate_code())
        self.add_sent_message({"recipient": phone, "phone": phone})

    def finish(self, redirect_url: str | None) -> Any:
        if self.user is None:
            self._user = people.register_proven(number=self.state["phone"])
        return super().finish(redirect_url)


class NumberProcess(ChangePhoneVerificationProcess):
    """allauth sends the code for a new number again only to who signs up with it."""

    @classmethod
    def resume(cls, request: HttpRequest) -> NumberProcess | None:
        state = request.session.get(PHONE_VERIFICATION_SESSION_KEY)
        return cls(request, state=state).abort_if_invalid() if state else None

    def resend(self) -> None:
        before = self.state["code"]
        try:
            self.send()
        except Refusal:  # nothing went out: the code of the first message still counts
            self.state["code"] = before
            raise
        self.state["at"] = time.time()
        self.record_resend()
        self.persist()

    @property
    def can_resend(self) -> bool:
        return not self.is_resend_quota_reached(app_settings.PHONE_VERIFICATION_MAX_RESEND_COUNT)
