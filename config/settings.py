"""All settings, top to bottom. Every value from outside is read through `config.env`, which refuses what it cannot use.

HENGDU_MODE chooses between `local` (one machine, embedded servers, the default), `test` and `production`.
"""

from __future__ import annotations

import os
from pathlib import Path

from config import env
from config.embedded.layout import project_layout
from config.logging import logging_settings

env.refuse_unknown_names()

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = env.env_choice("HENGDU_MODE", default="local", choices=("local", "test", "production"))
IS_PRODUCTION = MODE == "production"
IS_TEST = MODE == "test"
VAR_DIR = Path(env.env_text("HENGDU_VAR", default=str(BASE_DIR / "var")))
# Names one test session, so that two sessions on one machine never share a database or a queue.
TEST_SESSION = env.env_text("HENGDU_TEST_SESSION", default="single")

DEBUG = MODE == "local" and env.env_bool("HENGDU_DEBUG", default=False)
SECRET_KEY = env.env_secret("SECRET_KEY") if IS_PRODUCTION else env.kept_secret(VAR_DIR / "secret_key")
LEDGER_KEY = (
    env.env_secret("HENGDU_LEDGER_KEY")
    if IS_PRODUCTION
    else env.env_text("HENGDU_LEDGER_KEY") or env.kept_secret(VAR_DIR / "ledger_key")
)
# Keys that were replaced, so that what they made can still be verified.
LEDGER_FORMER_KEYS = env.env_list("HENGDU_LEDGER_FORMER_KEYS")
# A throw-away database must not be compared with the checkpoints of the demonstration beside it.
_witness = VAR_DIR / "test" / f"witness-{TEST_SESSION}" if IS_TEST else VAR_DIR / "witness"
WITNESS_DIR = Path(env.env_text("HENGDU_WITNESS", default=str(_witness)))
# Parquet files of decided cases, derived from the database and written again when they are lost (docs/fact_store.md).
_facts = VAR_DIR / "test" / f"fact_store-{TEST_SESSION}" if IS_TEST else VAR_DIR / "fact_store"
FACT_STORE_DIR = Path(env.env_text("HENGDU_FACT_STORE", default=str(_facts)))
# What seals personal data in the database (docs/personal_data.md); losing these keys loses that data.
_given_keys = env.env_required("HENGDU_DATA_KEYS") if IS_PRODUCTION else env.env_text("HENGDU_DATA_KEYS")
DATA_KEYS = env.checked_data_keys(_given_keys) if _given_keys else env.kept_data_keys(VAR_DIR / "data_keys")
SEALING_DEVICE = "enforcement.crypto.device.SoftwareDevice"
ALLOWED_HOSTS = env.env_list("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
if IS_PRODUCTION:
    env.env_required("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS] if IS_PRODUCTION else []

INSTALLED_APPS = [
    "config",
    "enforcement",
    "exemption_lists",
    "discretion",
    "joint_inspection",
    "cases",
    "supervision",
    "simple_history",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "config.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.ResponseHeadersMiddleware",
    "config.middleware.NullCharacterMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.ActorMiddleware",
    "config.middleware.RefusalTraceMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "config.middleware.SessionLifetimeMiddleware",
    "enforcement.web.sign_in_steps.SignInStepsMiddleware",
    "enforcement.web.draft_views.SavedDraftMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "enforcement.web.navigation.navigation",
                "enforcement.web.session_limits.session_left",
            ],
        },
    },
]
FORM_RENDERER = "config.forms.HengduFormRenderer"

# --- Servers: PostgreSQL and Redis, embedded ones unless named -------------------------------------------------------
_layout = None if IS_PRODUCTION else project_layout()
DATABASE_URL = (
    env.env_required("DATABASE_URL")
    if _layout is None
    else env.env_text("DATABASE_URL", default=_layout.database_url)
)
REDIS_URL = (
    env.env_required("REDIS_URL") if _layout is None else env.env_text("REDIS_URL", default=_layout.redis_url)
)
REDIS_URL = env.env_redis("REDIS_URL", REDIS_URL)

# Tests empty their tables by TRUNCATE, which the ledger's tables refuse everywhere else.
_truncate = " -c hengdu.truncate_allowed=yes" if IS_TEST else ""
DATABASES = {
    "default": env.env_database("DATABASE_URL", DATABASE_URL)
    | {
        "CONN_MAX_AGE": 0 if IS_TEST else 60,
        "CONN_HEALTH_CHECKS": True,
        # One browser test may hold a transaction while the page it drives waits for it: say so, do not hang.
        "OPTIONS": {"connect_timeout": 10, "options": f"-c jit=off -c lock_timeout=30s{_truncate}"},
        "TEST": {"NAME": f"test_hengdu_{TEST_SESSION}"},
    }
}
if IS_PRODUCTION and env.env_bool("HENGDU_DATABASE_TLS", default=False):
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 10,
        "options": "-c jit=off",
        "sslmode": "verify-full",
    }

_key_prefix = f"{MODE}:{TEST_SESSION}:{os.environ.get('PYTEST_XDIST_WORKER', '')}" if IS_TEST else MODE
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": f"hengdu:{_key_prefix}",
        "TIMEOUT": 300,
    }
}

# --- Background tasks ------------------------------------------------------------------------------------------------
# Kombu and redis-py spell a unix socket differently.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900, "global_keyprefix": f"hengdu:{_key_prefix}:"}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- People ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "enforcement.Account"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/officer/"
LOGOUT_REDIRECT_URL = "/public/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if IS_TEST:
    # Hundreds of accounts are made by tests; nothing there is worth the cost of Argon2.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
_is_dengbao = env.env_choice(
    "HENGDU_PASSWORD_PROFILE", default="standard", choices=("standard", "dengbao")
) == "dengbao"  # fmt: skip
PASSWORD_MAX_AGE_DAYS = 90 if _is_dengbao else None
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"enforcement.passwords.validators.{name}"}
    for name in (
        "LongEnough",
        "NotLikeThePerson",
        "NotCommon",
        *(("MixedCharacters", "NotUsedBefore") if _is_dengbao else ()),
    )
]
# `required`: nobody opens a page on one factor. `enrolled`: asked of those who have set one up.
SECOND_FACTOR = env.env_choice(
    "HENGDU_SECOND_FACTOR",
    default="required" if IS_PRODUCTION else "enrolled",
    choices=("required", "enrolled"),
)

# Single sign-on; without an issuer there is no button for it.
OIDC_ISSUER = env.env_issuer("HENGDU_OIDC_ISSUER")
OIDC_CLIENT_ID = env.env_needed_with("HENGDU_OIDC_CLIENT_ID", "HENGDU_OIDC_ISSUER")
OIDC_CLIENT_SECRET = env.env_needed_with("HENGDU_OIDC_CLIENT_SECRET", "HENGDU_OIDC_ISSUER")
# Values of `acr` that stand for two factors at the provider; `amr` with `mfa` always does.
OIDC_TWO_FACTOR_ACR = env.env_list("HENGDU_OIDC_TWO_FACTOR_ACR")

# --- Programming interface -------------------------------------------------------------------------------------------
# Requests a minute for one account, or one address before signing in.
API_RATE = "{}/min".format(
    env.env_int("HENGDU_API_RATE", default=100_000 if IS_TEST else 300, minimum=1, maximum=1_000_000)
)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "enforcement.web.api.authentication.ApiKeyAuthentication",
        "enforcement.web.api.authentication.SameSiteSession",
    ],
    # Deny by default: every endpoint names the duties that may call it.
    "DEFAULT_PERMISSION_CLASSES": ["enforcement.web.api.permission.HasDuty"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "enforcement.web.api.answers.error_answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "NUM_PROXIES": 1 if env.env_bool("HENGDU_BEHIND_PROXY", default=False) else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "衡度接口",
    "DESCRIPTION": "案件的读取与办理。与页面使用同一套规则；错误一律为 {code, message, data}。",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Fields of one name with different choices: each set of choices by the name it has in the code.
    "ENUM_NAME_OVERRIDES": {
        "AlarmKind": "cases.statuses.AlarmKind",
        "DepartureClass": "cases.statuses.DepartureClass",
        "LeniencyKind": "exemption_lists.models.LeniencyKind",
        "Outcome": "cases.statuses.Outcome",
        "PartyKind": "enforcement.models.PartyKind",
    },
}

# --- Register --------------------------------------------------------------------------------------------------------
# Whether an annual check that was failed or missed suspends the certificate when it is recorded (docs/register_people.md).
FAILED_CHECK_SUSPENDS = (
    env.env_choice("HENGDU_FAILED_CHECK", default="warn", choices=("warn", "suspend")) == "suspend"
)

# --- Printing --------------------------------------------------------------------------------------------------------
# A folder with `fangsong` and `xiaobiaosong` (.ttf or .otf): the fonts official documents are set in, which no package has.
_fonts = env.env_text("HENGDU_FONTS")
PRINT_FONTS = Path(_fonts) if _fonts else None

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- Sessions, cookies, headers --------------------------------------------------------------------------------------
SESSION_ENGINE = "enforcement.sessions"
SESSION_COOKIE_AGE = 30 * 60
SESSION_ADMINISTRATOR_AGE = 15 * 60
SESSION_ABSOLUTE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.error_pages.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
# The __Host- prefix binds a cookie to this host and to https, which a laptop does not have.
SESSION_COOKIE_NAME = "__Host-hengdu-session" if IS_PRODUCTION else "hengdu-session"
CSRF_COOKIE_NAME = "__Host-hengdu-csrf" if IS_PRODUCTION else "hengdu-csrf"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = IS_PRODUCTION
# The health check of the container speaks plain http from inside.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
BEHIND_PROXY = env.env_bool("HENGDU_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

_OWN, _NOTHING = ["'self'"], ["'none'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _NOTHING,
        "script-src": _OWN,
        "style-src": _OWN,
        "img-src": [*_OWN, "data:"],
        "font-src": _OWN,
        "connect-src": _OWN,
        "form-action": _OWN,
        "manifest-src": _OWN,
        "worker-src": _OWN,
        "frame-ancestors": _NOTHING,
        "object-src": _NOTHING,
        "base-uri": _NOTHING,
    }
}

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"  # never routed: stored files leave only through authorised views
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
_hashed = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.InMemoryStorage"
        if IS_TEST
        else "django.core.files.storage.FileSystemStorage"
    },
    "staticfiles": {"BACKEND": _plain if IS_TEST or DEBUG else _hashed},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = IS_TEST or DEBUG
WHITENOISE_MAX_AGE = 0 if IS_TEST or DEBUG else 3600

# --- Logs ------------------------------------------------------------------------------------------------------------
LOGGING_CONFIG = "config.logging.configure"
LOGGING = logging_settings(
    level=env.env_choice("HENGDU_LOG_LEVEL", default="INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR"))
)
