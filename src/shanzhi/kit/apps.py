from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.catalogs import put_together

from .forms_many import CHOOSE


class KitConfig(AppConfig):
    name = "shanzhi.kit"

    def ready(self) -> None:
        put_together()
        # One sentence for every empty field: Django's own would stand beside that of the procedures.
        forms.Field.default_error_messages["required"] = _("Please fill this in.")
        forms.ChoiceField.default_error_messages["required"] = CHOOSE
