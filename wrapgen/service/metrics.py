"""What Prometheus reads from ``GET /metrics``: one sum over all workers."""

from __future__ import annotations

import os
from functools import cache
from time import perf_counter
from types import TracebackType
from typing import TypeVar

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = CONTENT_TYPE_LATEST
_BUCKETS = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1, 2, 4, 8)

REQUESTS = Counter("wrapgen_requests_total", "Requests answered", ("route", "method", "status"))
SECONDS = Histogram("wrapgen_request_seconds", "Time to answer a request", ("route",), buckets=_BUCKETS)
STAGE_SECONDS = Histogram("wrapgen_stage_seconds", "Time of a stage of a request", ("stage",), buckets=_BUCKETS)
ARTICLES = Counter("wrapgen_articles_total", "Articles written", ("angle",))
REFUSALS = Counter("wrapgen_refusals_total", "Snapshots that a data gate did not let pass", ("gate",))
RELOADS = Counter("wrapgen_rule_reloads_total", "Reloads of the rules", ("outcome",))


Metric = TypeVar("Metric", Counter, Histogram)


@cache
def series(metric: Metric, *labels: object) -> Metric:
    """What counts under these labels. Kept, as it takes longer to find than to count."""
    return metric.labels(*labels)


class Stage:
    """Times a stage: ``with Stage("read"): ...``."""

    def __init__(self, name: str) -> None:
        self._series = series(STAGE_SECONDS, name)

    def __enter__(self) -> None:
        self._start = perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._series.observe(perf_counter() - self._start)


def exposition() -> bytes:
    """The metrics as text, of this process or of all that share ``PROMETHEUS_MULTIPROC_DIR``."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return generate_latest(registry)
