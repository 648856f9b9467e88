"""What one signs in with."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.ids import id_field


class Accounts(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **values: Any) -> Account:
        account = self.model(username=username, **values)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Says nothing of who may do what (posts do) and holds nothing personal (the person's row does)."""

    id = id_field()
    username = models.CharField(
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This user name is taken. Please choose another.")},
    )
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, related_name="account")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = Accounts()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "people_account"

    def __str__(self) -> str:
        return self.username
