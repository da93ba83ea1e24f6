"""Requests made from the document, right ones and wrong ones: every answer is one that it documents, none a 5xx.

The tests send a few of each operation. ``python -m tests.service.test_schemathesis`` sends all that the edges of the
schemas give, some sixteen thousand, which takes minutes.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from wrapgen.service.app import create_app
from wrapgen.service.settings import Settings

EXAMPLES = 8  # drawn for each operation, besides those of the document and of the edges of its schemas

PHASES = ("examples", "coverage", "fuzzing")

# A snapshot that fits the schema may say what cannot be: unknown ids, figures that deny each other. An
# Idempotency-Key may come again with another body.
EXPECTED = {"positive_data_acceptance": {"expected-statuses": ["2xx", "304", "404", "409", "422"]}}


@schemathesis.serializer("application/x-ndjson")
def lines(context: Any, value: Any) -> bytes:
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", "surrogatepass")


def run(app: Flask, phases: tuple[str, ...], **config: Any) -> tuple[Counter[str], list[str]]:
    """How many requests each operation was sent, and what was wrong with the answers."""
    settings = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "generation": {"max-examples": EXAMPLES},
            "checks": EXPECTED,
            "operations": [
                # What is no line of a batch is answered in its place, under the status of the whole.
                {"include-path": "/v1/wraps/batch", "checks": {"negative_data_rejection": {"enabled": False}}}
            ],
            "phases": {phase: {"enabled": phase in phases} for phase in PHASES},
            **config,
        }
    )
    # A reload copies and tries the rules, seconds long: it has tests of its own.
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app, config=settings).exclude(path="/v1/rules/reload")
    sent: Counter[str] = Counter()
    wrong = []
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            wrong.append(f"{event.label}: {event.value}")
        if isinstance(event, events.FatalError):
            wrong.append(str(event.exception))
        if isinstance(event, events.ScenarioFinished):
            for case_id, node in event.recorder.cases.items():
                label = node.value.operation.label
                sent[label] += 1
                failed = [check.failure_info for check in event.recorder.checks.get(case_id, ()) if check.failure_info]
                wrong += [f"{label}: {one.failure.title}: {one.failure.message}\n{one.code_sample}" for one in failed]
    return sent, wrong


def test_every_answer_is_one_that_is_documented(service: Flask) -> None:
    sent, wrong = run(service, ("examples", "fuzzing"))
    assert wrong == []
    assert len(sent) == 14 and min(sent.values()) >= 1 and sent["POST /v1/wraps"] >= EXAMPLES, sent


if __name__ == "__main__":
    told, faults = run(create_app(settings=Settings()), PHASES)
    print("\n".join(faults))
    print(f"{sum(told.values())} requests to {len(told)} operations, {len(faults)} answers that are not documented")
    raise SystemExit(bool(faults))
