# Two stages: the first installs the locked set, the second holds nothing but it.
ARG BASE=python:3.13-slim-bookworm
FROM ${BASE} AS build
WORKDIR /src
COPY requirements/ requirements/
RUN python3 -m venv /app/.venv \
 && /app/.venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes \
      -r requirements/postgres.lock -r requirements/build.lock
COPY pyproject.toml README.md LICENSE config.example.toml ./
COPY watchers/ watchers/
COPY bot/ bot/
RUN /app/.venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
 && /app/.venv/bin/python -m pip uninstall --yes --quiet hatchling editables pathspec pluggy tomlkit trove-classifiers setuptools pip \
 && python3 -m compileall -q /app/.venv

FROM ${BASE}
LABEL org.opencontainers.image.title="vedette" \
      org.opencontainers.image.description="An alerting bot for defence news" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VEDETTE_CONFIG=/data/config.toml
COPY --from=build /app/.venv /app/.venv
RUN mkdir /data && chown 10001:10001 /data
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
STOPSIGNAL SIGTERM
# A part that is stuck is silent for a minute, so that the second look after it stood still tells, and none earlier.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=1 CMD ["vedette", "healthcheck"]
ENTRYPOINT ["vedette"]
CMD ["run"]
