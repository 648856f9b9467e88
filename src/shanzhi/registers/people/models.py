"""Accounts, persons, units and posts."""

from django.contrib.auth.models import AbstractUser

from shanzhi.foundation.base.ids import id_field


class Account(AbstractUser):
    """What one signs in with. Says nothing of who may do what: posts do."""

    id = id_field()
