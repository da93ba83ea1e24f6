# The HTTP service. Build: docker build -t wrapgen .   Keys: wrapgen keys add --file keys.json cms
# Run: docker run --rm --read-only --user "$(id -u)" -p 8000:8000 -v "$PWD/keys.json:/etc/wrapgen/keys.json:ro" wrapgen
FROM python:3.11-slim AS build
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
RUN python -m venv /opt/build && python -m venv /opt/wrapgen
ENV PATH=/opt/wrapgen/bin:$PATH
COPY requirements-compile.lock requirements-serve.lock ./
RUN /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-compile.lock \
    && pip install --no-cache-dir --require-hashes -r requirements-serve.lock
COPY LICENSE NOTICE README.md pyproject.toml setup.cfg setup.py ./
COPY rules rules
COPY seeds seeds
COPY wrapgen wrapgen
# Compiled, and kept only where it writes what the rules' own cases and golden articles ask for.
RUN WRAPGEN_COMPILE=1 /opt/build/bin/pip wheel --no-cache-dir --no-build-isolation --no-deps --wheel-dir /wheels . \
    && pip install --no-cache-dir --no-deps /wheels/*.whl \
    && wrapgen --version && wrapgen rules test \
    && python -m compileall -q /opt/wrapgen

FROM python:3.11-slim
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin wrapgen
COPY --from=build /opt/wrapgen /opt/wrapgen
ENV PATH=/opt/wrapgen/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 WEB_CONCURRENCY=2 MALLOC_ARENA_MAX=2
# From outside the container nobody is answered without a key. The file is mounted; whoever runs this can read it.
ENV WRAPGEN_KEYS=/etc/wrapgen/keys.json
USER 10001
WORKDIR /tmp
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
# Workers by WEB_CONCURRENCY. Files are in memory (/dev/shm) only, so that a read-only container will do.
CMD ["gunicorn", "--config", "python:wrapgen.service.gunicorn_conf", "--bind", "0.0.0.0:8000", "wrapgen.service.app:create_app()"]
