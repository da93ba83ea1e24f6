"""The HTTP service: ``POST /v1/wraps`` answers a snapshot with its article.

Thin on purpose: it reads the request, calls the engine, and renders. The routes are in ``wraps``, ``reasons``,
``library`` and ``operations``, each a flask-smorest blueprint; every error is an RFC 9457 problem.
"""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from wrapgen import RulePack
from wrapgen.service import around, library, operations, problems, reasons, stories, wraps
from wrapgen.service.context import make_context, put_context
from wrapgen.service.openapi import make_api
from wrapgen.service.settings import Settings, read_settings

BODY_LIMIT = Settings().body_limit


def create_app(rules: RulePack | None = None, settings: Settings | None = None) -> Flask:
    """The WSGI application, writing by ``rules`` (those of the settings if None).

    ``settings`` are those of the environment if None; SettingsError tells which cannot be read. The rules are loaded
    and tried here and not at the first request: a broken rule file, a case that fails and a golden article that reads
    otherwise raise RuleError, and the service does not start.
    """
    settings = read_settings() if settings is None else settings
    app = Flask("wrapgen.service", static_folder=None)
    # Otherwise a doubled slash is answered with a redirect whose body is HTML.
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = settings.body_limit
    parts = make_context(settings, rules)
    put_context(app.extensions, parts)
    api = make_api(app, with_keys=settings.keys is not None)
    for part in (wraps, reasons, stories, library, operations):
        api.register_blueprint(part.routes)
    app.add_url_rule("/static/<path:filename>", view_func=operations.static_file)
    problems.register(app)
    around.register(app)
    if settings.desk != "off" and (settings.desk or settings.state):
        from wrapgen.preview.site import register  # and not before: the API alone does without a database

        stories.put_receiver(app.extensions, register(app, parts))
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app
