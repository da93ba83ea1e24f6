"""One service for all tests that only ask: its rules are loaded and tried once."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from wrapgen.service.app import create_app
from wrapgen.service.settings import Settings


@pytest.fixture(scope="session")
def service() -> Flask:
    return create_app(settings=Settings())


@pytest.fixture
def asking(service: Flask) -> FlaskClient:
    return service.test_client()
