from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "shanzhi.programmes.mediation"

    def ready(self) -> None:
        from shanzhi.foundation.playbook.kinds import register_check, register_kind

        from .checks import check
        from .remedies import FILE, KIND, Remedies, outline

        register_kind(KIND, Remedies, files=FILE, outline=outline)
        register_check("mediation", check)
