"""What `manage check` finds wrong with the declared facts of the installation."""

from typing import Any

from django.core.checks import Error, register

from .facts import missing_upcasters


@register("journal")
def upcasters(**_: Any) -> list[Error]:
    return [
        Error(
            f"Facts {kind}/{version} cannot be read any more: nothing turns them into version {version + 1}.",
            hint=f'Add @upcaster("{kind}", from_version={version}) to the app\'s facts module.',
            id="journal.E001",
        )
        for kind, version in missing_upcasters()
    ]
