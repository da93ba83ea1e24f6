"""The document says what the service does, and its page asks nobody else."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource

import wrapgen.service
from tests.cases.library import CONTRACT_SEED, ROOT, sent
from wrapgen.render import FORMATS
from wrapgen.service.contract import components

STATIC = Path(wrapgen.service.__path__[0]) / "static"
METHODS = ("get", "post")


@pytest.fixture(scope="module")
def document(service: Flask) -> Any:
    return json.loads(service.test_client().get("/openapi.json").get_data())


def operations(document: Any) -> Iterator[tuple[str, Any]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def contents(document: Any) -> Iterator[tuple[str, str, Any]]:
    """Every body of every operation: where it is, its media type, its description."""
    for name, operation in operations(document):
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{name} request", media_type, content
        for status, response in operation["responses"].items():
            response = resolved(document, response)
            assert status in ("304",) or response["content"], (name, status)
            for media_type, content in response.get("content", {}).items():
                yield f"{name} {status}", media_type, content


def resolved(document: Any, value: Any) -> Any:
    if "$ref" in value:
        found = document
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return found
    return value


def test_it_is_valid_openapi_3_1(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_of_the_service_is_in_it(service: Flask, document: Any) -> None:
    rules = {rule.rule for rule in service.url_map.iter_rules()} - {"/static/<path:filename>"}
    assert rules == set(document["paths"])
    assert all(operation["summary"] for _, operation in operations(document))


def test_every_body_has_an_example_that_fits_its_schema(document: Any) -> None:
    registry = Registry().with_resource("", Resource.opaque(document))
    count = 0
    for where, _, content in contents(document):
        examples = [content["example"]] if "example" in content else []
        examples += [resolved(document, example)["value"] for example in content.get("examples", {}).values()]
        assert examples, where
        schema = {**content["schema"], "components": document["components"]}
        validator = Draft202012Validator(schema, registry=registry)
        for example in examples:
            assert [error.message for error in validator.iter_errors(example)] == [], where
            count += 1
    assert count > 50


def test_every_refusal_is_documented_as_a_problem(document: Any) -> None:
    for where, media_type, content in contents(document):
        if re.search(r" [45]\d\d$", where):
            assert media_type == "application/problem+json" and content["schema"]["$ref"].endswith("/Problem"), where


def test_every_format_is_in_it_by_itself(document: Any) -> None:
    post = document["paths"]["/v1/wraps"]["post"]
    format = next(parameter for parameter in post["parameters"] if parameter["name"] == "format")
    assert format["schema"]["enum"] == list(FORMATS)
    offered = {media_type.partition(";")[0] for media_type in post["responses"]["200"]["content"]}
    assert offered == {media_type.partition(";")[0] for media_type in FORMATS.values()}


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.json")), ids=lambda path: path.stem)
def test_what_is_written_from_fits_the_schema_of_a_snapshot(path: Path) -> None:
    schema = {**components()["Snapshot"], "components": {"schemas": components()}}
    assert list(Draft202012Validator(schema).iter_errors(json.loads(path.read_bytes()))) == []


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        (("markets",), []),
        (("markets", 0, "change_pct"), "1.0"),
        (("markets", 0, "chnage_pct"), 1.0),
        (("events", 0, "units"), 3),
        (("as_of",), "yesterday"),
    ],
)
def test_what_the_schema_refuses_is_refused(asking: FlaskClient, pointer: tuple[Any, ...], value: Any) -> None:
    broken = json.loads(json.dumps(sent(CONTRACT_SEED)))
    place = broken
    for step in pointer[:-1]:
        place = place[step]
    place[pointer[-1]] = value
    schema = {**components()["Snapshot"], "components": {"schemas": components()}}
    assert not Draft202012Validator(schema).is_valid(broken)
    assert asking.post("/v1/wraps", json=broken).status_code == 422


def test_the_page_is_served_with_its_parts_and_nothing_from_elsewhere(asking: FlaskClient) -> None:
    page = asking.get("/docs")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    html = page.get_data(as_text=True)
    parts = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert len(parts) >= 4
    for part in parts:
        assert "//" not in part
        assert part.startswith("data:") or asking.get(f"/{part}").status_code == 200, part
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "http" not in policy
    script = (STATIC / "docs.js").read_text("utf-8")
    assert "validatorUrl: null" in script and "//" not in re.sub(r"^//.*$", "", script, flags=re.MULTILINE)


def test_vendored_files_are_those_of_their_package() -> None:
    packages = json.loads((STATIC / "vendor" / "vendor.json").read_bytes())
    assert {package["folder"] for package in packages} == {
        path.name for path in (STATIC / "vendor").iterdir() if path.is_dir()
    }
    for package in packages:
        folder = STATIC / "vendor" / package["folder"]
        assert package["folder"] == f"{package['name']}-{package['version']}"
        assert package["integrity"].startswith("sha512-") and package["source"] and (folder / "LICENSE").exists()
        hashes = {path.name: f"sha256-{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in folder.iterdir()}
        assert hashes == package["files"]
