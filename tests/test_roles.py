"""Tests serve as the serving role, never as the owner."""

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_tests_run_as_the_serving_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.SHANZHI_APP_ROLE,)
