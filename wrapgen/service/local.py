"""A server for one machine: what ``wrapgen serve`` runs."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from typing import TYPE_CHECKING

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from wrapgen.service.context import context

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger("wrapgen.service")


class _Quiet(WSGIRequestHandler):
    """The service tells of each request itself."""

    def log(self, type: str, message: str, *args: object) -> None:
        log.debug(message, *args)


def reload_on_hangup(app: Flask) -> None:
    """SIGHUP, where there is one, reloads the rules of ``app``; what is wrong with them goes to the log."""

    def reload() -> None:
        with app.app_context():
            try:
                context().packs.reload()
            except Exception as error:
                log.error("the rules are refused: %s", error)

    if hasattr(signal, "SIGHUP") and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGHUP, lambda *_: threading.Thread(target=reload, daemon=True).start())


def listen(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """A threaded server that listens already; ``.port`` is the real one where 0 was asked for.

    Raises OSError if the address cannot be had (in use, not ours, not allowed).
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Bound here because werkzeug, left to do it, ends the process when the port is in use.
    with socket.socket(family, socket.SOCK_STREAM) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, port))
            bound.listen(128)
        except OSError as error:
            raise OSError(error.errno, f"cannot listen: {error.strerror}", f"{host}:{port}") from None
        actual = bound.getsockname()[1]
        return make_server(host, actual, app, threaded=True, request_handler=_Quiet, fd=bound.fileno())
