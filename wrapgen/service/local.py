"""A server for one machine: what ``wrapgen serve`` runs."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from werkzeug.serving import BaseWSGIServer, make_server

if TYPE_CHECKING:
    from flask import Flask


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
        return make_server(host, actual, app, threaded=True, fd=bound.fileno())
