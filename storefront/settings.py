"""The one settings module. Everything that differs between machines comes from the environment (see `env.REGISTRY`)."""

import atexit
import os
import secrets
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from storefront import env

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
if TESTING:
    # Each test process has data of its own, and no rate limits. Here, as pytest reads the settings before any conftest.
    os.environ["BANGMAI_HOME"] = tempfile.mkdtemp(prefix="bangmai-test-")
    os.environ.setdefault("RATE_LIMIT_FACTOR", "1000")
    os.environ.setdefault("SQLITE_SYNCHRONOUS", "OFF")
    (Path(os.environ["BANGMAI_HOME"]) / "static").mkdir()
    atexit.register(shutil.rmtree, os.environ["BANGMAI_HOME"], ignore_errors=True)

HOME = Path(env.text("BANGMAI_HOME", str(BASE_DIR / "var"), "Data directory: database, index, static files."))
DEBUG = env.flag("DEBUG", False, "Django's debug pages; never in production.")
DEMO = env.flag("BANGMAI_DEMO", True, "Demo mode: pages say that no money moves.")
HOST = env.text("HOST", "127.0.0.1", "Address that `bangmai run` listens on.")
PORT = env.integer("PORT", 8000, "Port that `bangmai run` listens on.")
WEB_WORKERS = env.integer("WEB_WORKERS", 2, "Processes that serve pages under `bangmai run`.")
# The lines that a shop in China must show in its footer; each is shown where it is set, and none in a demo.
LEGAL_ICP = env.text("LEGAL_ICP", "", "ICP filing number (ICP备案号) in the footer.")
LEGAL_LICENCE = env.text("LEGAL_LICENCE", "", "Telecom business licence number (经营许可证编号) in the footer.")
LEGAL_POLICE = env.text("LEGAL_POLICE", "", "Public security filing number (公安备案号) in the footer.")
LEGAL_REPORT_PHONE = env.text("LEGAL_REPORT_PHONE", "", "Telephone for reports (举报电话): footer and /privacy/.")
PUBLIC_URL = env.text("PUBLIC_URL", f"http://{HOST}:{PORT}", "The shop's own address, for links sent outside.").rstrip(
    "/"
)


def _secret_key() -> str:
    """Return SECRET_KEY, or a random one kept in the data directory so that every process of a demo shares it."""
    given = env.text("SECRET_KEY", "", "Signing key, at least 50 random characters; made on the first start of a demo.")
    if given:
        return given
    kept = HOME / "secret_key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        fresh = HOME / f"secret_key.{secrets.token_hex(4)}"
        fresh.write_text(secrets.token_urlsafe(64))
        fresh.chmod(0o600)
        try:
            kept.hardlink_to(fresh)  # atomic: of two processes that start at once, one makes the key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver", "Host names that the shop answers to.")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "", "Origins of a TLS proxy in front, with scheme.")
# Every rate limit, allauth's and the API's, goes by the client address that allauth finds with this.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer(
    "TRUSTED_PROXIES", 0, "Proxies in front that append to X-Forwarded-For; 0: nobody's header is believed."
)
SECURE_TLS = env.flag("SECURE_TLS", False, "The shop is served over TLS: secure cookies and HSTS.")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_TLS
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_TLS else None

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "graphene_django",
    "catalog",
    "checkout",
    "aid_tracking",
    "storefront",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "storefront.page_cache.AnonymousCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "storefront.urls"
WSGI_APPLICATION = "storefront.wsgi.application"

# Themes: one template engine for each pack, so that `render(…, using=theme)` needs no loader of our own.
THEMES_DIR = BASE_DIR / "themes"
DEFAULT_THEME = "default"
THEMES = {path.parent.name: tomllib.loads(path.read_text()) for path in sorted(THEMES_DIR.glob("*/theme.toml"))}


def _engine(theme: str) -> dict:
    packs = [theme] if theme == DEFAULT_THEME else [theme, DEFAULT_THEME]
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": theme,
        "DIRS": [THEMES_DIR / pack / "templates" for pack in packs],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "storefront.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "storefront.templatetags.shop"],
        },
    }


TEMPLATES = [_engine(theme) for theme in [DEFAULT_THEME, *(name for name in THEMES if name != DEFAULT_THEME)]]

DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{HOME / 'bangmai.sqlite3'}", "postgresql://… or sqlite:///path.")
SQLITE_SYNCHRONOUS = env.text("SQLITE_SYNCHRONOUS", "FULL", "FULL survives a power cut; NORMAL only a killed process.")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous={SQLITE_SYNCHRONOUS};"
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
        ),
    }
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
    # A database in memory would be shared between threads by locks of whole tables, which no time-out waits for.
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", "", "redis://… shares page and limit caches between machines; empty: embedded.")
_prefix = f"test-{os.getpid()}" if TESTING else ""  # test processes that share a Redis do not meet
CACHES = {
    # Rate limits must hold across processes: a table where there is no Redis.
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": _prefix}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},  # beyond, limits on failed sign-ins would be forgotten
            "KEY_PREFIX": _prefix,
        }
    ),
    # Answers to anonymous readers: each process keeps its own, no network between the reader and the page.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
PAGE_CACHE = env.flag("PAGE_CACHE", not TESTING, "Keep answers to anonymous readers in memory.")

AUTH_USER_MODEL = "checkout.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = env.text("EMAIL_VERIFICATION", "optional", "mandatory, optional or none.")
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = _("[Bangmai] ")
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"
LOGIN_URL = "account_login"
RATE_LIMIT_FACTOR = env.integer("RATE_LIMIT_FACTOR", 1, "Multiplies every rate limit; load tests raise and print it.")
ACCOUNT_RATE_LIMITS = {
    "login": f"{30 * RATE_LIMIT_FACTOR}/m/ip",
    "login_failed": f"{10 * RATE_LIMIT_FACTOR}/m/ip,{5 * RATE_LIMIT_FACTOR}/5m/key",
    "signup": f"{10 * RATE_LIMIT_FACTOR}/m/ip",
}
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"  # a table would make every visit a write
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "Django mail backend.")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost", "SMTP server.")
EMAIL_PORT = env.integer("EMAIL_PORT", 25, "SMTP port.")
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "", "SMTP user.")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "", "SMTP password.")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "bangmai@localhost", "Sender of mail about accounts.")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "storefront" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [
    (f"themes/{theme}", THEMES_DIR / theme / "static") for theme in THEMES if (THEMES_DIR / theme / "static").is_dir()
]
UPLOADS_DIR = HOME / "uploads"  # what merchants upload: never under static, sent by pages that ask who wants it
PICTURES_DIR = HOME / "pictures"  # of products and articles: public, named by their content; machines share the folder
FILE_UPLOAD_HANDLERS = [
    "storefront.uploads.WholeRequestLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "storefront.pages.errors.forbidden"
CONTENT_SECURITY_POLICY = {
    # The admin's own scripts are inline; it is for staff only.
    "EXCLUDE_URL_PREFIXES": ["/admin/", "/zh-hant/admin/", "/en/admin/"],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    },
}

# Payment. Without a key, `bangmai run` starts the stand-in and sets these for its children.
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY", "", "Stripe API key; empty: the local stand-in.")
STRIPE_PUBLISHABLE_KEY = env.text("STRIPE_PUBLISHABLE_KEY", "", "Stripe key for the pay page.")
STRIPE_WEBHOOK_SECRET = env.text("STRIPE_WEBHOOK_SECRET", "", "Secret that signs Stripe's webhooks.")
STRIPE_API_BASE = env.text("STRIPE_API_BASE", "https://api.stripe.com", "Stripe's address, or the stand-in's.")
STRIPE_STANDIN_URL = env.text("STRIPE_STANDIN_URL", "", "Address of the stand-in's pay page; set by `bangmai run`.")
STRIPE_STANDIN_PORT = env.integer(
    "STRIPE_STANDIN_PORT", 0, "Port of the payment stand-in; 0: the one after PORT, or a free one."
)
STRIPE_TIMEOUT_SECONDS = env.integer("STRIPE_TIMEOUT_SECONDS", 6, "Longest wait for one answer of Stripe.")
ORDER_TTL_SECONDS = env.integer("ORDER_TTL_SECONDS", 1800, "How long an unpaid order keeps its stock.")

COMMERCE = env.text("COMMERCE", "embedded", "Transport of the purchase documents; `embedded` is the one there is.")

# Test flags. Each makes a guard fail on purpose, so that the test of this guard is seen to fail without it.
UNGUARDED = env.words("BANGMAI_TEST_UNGUARDED", "", "Guards switched off for control runs: stock, outbox, certificate.")
KILL_FOLDER = env.text("BANGMAI_TEST_KILL", "", "A folder of kill points (see `checkout.faults`): tests of crashes.")
if (UNGUARDED or KILL_FOLDER) and not env.flag("BANGMAI_TEST", False, "This process belongs to a test."):
    raise env.BadEnvironment("BANGMAI_TEST_UNGUARDED and BANGMAI_TEST_KILL are for tests alone")

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "filesystem://", "redis://… or amqp://…; default: files.")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if CELERY_BROKER_URL == "filesystem://":
    _queue = HOME / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "polling_interval": 0.5,
    }
CELERY_TIMEZONE = "UTC"

SEARCH_BACKEND = env.text("SEARCH_BACKEND", "embedded", "embedded or elasticsearch.")
SEARCH_URL = env.text("SEARCH_URL", "http://127.0.0.1:9200", "Elasticsearch address, where that backend is chosen.")
SEARCH_PREFIX = env.text("SEARCH_PREFIX", "bangmai", "What the names of this shop's indices begin with on that server.")
SEARCH_INDEX_DIR = HOME / "index"
SEARCH_SYNONYMS_FILE = HOME / "synonyms.txt"  # the house's own rules; may be missing

GRAPHENE = {"SCHEMA": "storefront.schema.schema", "ATOMIC_MUTATIONS": False}

LOG_LEVEL = env.text("LOG_LEVEL", "INFO", "Root log level.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # A line for each turn of each sweep would hide what matters; and a broker of files has no host to name.
        "celery": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},
        "stripe": {"level": "WARNING"},  # it would tell of every call
    },
}

UNFOLD = {
    "SITE_TITLE": "帮买 Bangmai",
    "SITE_HEADER": "帮买 Bangmai",
    "SITE_URL": "/",
    "COLORS": {
        "primary": {
            "50": "#fbeeea",
            "100": "#f6ddd6",
            "200": "#edbdb2",
            "300": "#e09585",
            "400": "#d0614f",
            "500": "#c0392b",
            "600": "#b3271e",
            "700": "#8f1a14",
            "800": "#74150f",
            "900": "#5d120d",
            "950": "#350805",
        }
    },
    "SITE_DROPDOWN": "storefront.office.navigation.elsewhere",
    "SIDEBAR": {"show_search": False, "navigation": "storefront.office.navigation.navigation"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
