"""See the package. Each new connection also learns to keep the plans of prepared statements."""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg.pq import ConnStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        # None, Django's own, would forbid preparing altogether; its cursors, which bind on our side, never prepare anyway.
        found = super().get_connection_params()
        return found if found["prepare_threshold"] is not None else found | {"prepare_threshold": 1}

    def init_connection_state(self) -> None:
        super().init_connection_state()
        if (
            self.features.uses_server_side_binding
        ):  # then the ORM's own statements are kept too, and one plan may not fit all
            return
        # Only statements of foundation.base.statements are kept prepared, and those look rows up by their ids: one plan is right for
        # all values, while choosing anew for each costs more than most of them.
        with self.connection.cursor() as cursor:
            cursor.execute("SET plan_cache_mode TO force_generic_plan")

    def is_usable(self) -> bool:
        """Without a statement: a server that went away has closed its end, which the socket tells.

        A network that broke silently is not noticed here, as little as in the middle of a request: there the kernel's keepalives end it.
        """
        raw: Any = self.connection
        if raw is None or raw.closed or raw.pgconn.status != ConnStatus.OK:
            return False
        waiting = select.poll()
        waiting.register(raw.pgconn.socket, select.POLLIN | select.POLLHUP | select.POLLERR)
        if waiting.poll(0):
            try:
                raw.pgconn.consume_input()
            except OperationalError:
                return False
        return raw.pgconn.status == ConnStatus.OK
