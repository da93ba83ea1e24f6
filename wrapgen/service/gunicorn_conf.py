"""The configuration of gunicorn, for production:

    gunicorn --config python:wrapgen.service.gunicorn_conf 'wrapgen.service.app:create_app()'

The rules are tried once, before the first worker starts, and again on SIGHUP; where they fail then, the workers go on
with those before. Options of the command line and of ``GUNICORN_CMD_ARGS`` win over what stands
here; a change of it needs a restart.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from wrapgen.commands.common import say
from wrapgen.errors import describe
from wrapgen.longrun import settle
from wrapgen.service import logs
from wrapgen.service.settings import RUN, SettingsError, read_settings
from wrapgen.service.worker import forget

try:
    _settings = read_settings()
except SettingsError as error:
    for problem in error.problems:
        say(describe(problem))
    sys.exit(2)

_SHARED = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # in memory, and there in a read-only container
_METRICS = "PROMETHEUS_MULTIPROC_DIR"

worker_class = "wrapgen.service.worker.Worker"
workers = int(os.environ.get("WEB_CONCURRENCY", 2))
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 15
control_socket_disable = True  # it is a file, which a read-only container cannot have
worker_tmp_dir = _SHARED
limit_request_line = 4094
logconfig_dict = logs.config(_settings.log_level)
accesslog = None  # the service tells of each request itself, without its query and with its id


def on_starting(server: Any) -> None:
    """A folder for the workers to share, and the rules in it, tried."""
    run = tempfile.mkdtemp(prefix="wrapgen-", dir=_SHARED)
    os.environ[RUN] = run
    os.environ[_METRICS] = os.path.join(run, "metrics")
    os.mkdir(os.environ[_METRICS])
    atexit.register(_remove, run, os.getpid())
    if not _accept(server):
        sys.exit(2)


def when_ready(server: Any) -> None:
    """SIGHUP tries the rules anew, and the workers take them up while they answer.

    gunicorn's own way would end the workers and start others, and nobody would answer while those load.
    """
    server.handle_hup = lambda: _accept(server)


def post_worker_init(worker: Any) -> None:
    """The rules are loaded by now."""
    settle()


def child_exit(server: Any, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)
    forget(worker)


def _accept(server: Any) -> bool:
    """Whether the rules passed. They are tried in a process of their own: this one stays small."""
    done = subprocess.run([sys.executable, "-m", "wrapgen.service.packs"], capture_output=True, text=True)
    for line in done.stderr.splitlines():
        server.log.error("the rules are refused: %s", line)
    return done.returncode == 0


def _remove(run: str, owner: int) -> None:
    """At the end of the process that made it; its workers inherit this, and leave it be."""
    if os.getpid() == owner:
        shutil.rmtree(run, ignore_errors=True)
