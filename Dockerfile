FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/hengdu
COPY requirements.txt ./
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
RUN groupadd --system --gid 10001 hengdu \
 && useradd --system --uid 10001 --gid hengdu --no-create-home hengdu
# Sets the PDF of published lists in type; the fonts come with the project.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/hengdu
COPY --from=build /opt/venv /opt/venv
COPY . .
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HENGDU_VAR=/srv/var
# Collecting files needs settings but no server; the local mode has them without secrets.
RUN mkdir -p /srv/var/media /srv/var/witness && python manage.py collectstatic --noinput -v 0 \
 && rm -f /srv/var/secret_key /srv/var/ledger_key /srv/var/data_keys && chown -R hengdu:hengdu /srv/var
USER hengdu
ENV HENGDU_MODE=production
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--config", "python:config.gunicorn", "--bind", "0.0.0.0:8000"]
