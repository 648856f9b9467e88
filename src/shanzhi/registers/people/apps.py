from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "shanzhi.registers.people"

    def ready(self) -> None:
        from shanzhi.foundation.messages.services import register_book
        from shanzhi.foundation.playbook.kinds import register_kind

        from . import addresses, unit_text

        register_kind(
            unit_text.KIND, unit_text.UnitsText, files=unit_text.FILE, check=unit_text.check, outline=unit_text.outline
        )
        register_book("person", addresses.find)
