"""Django's settings, derived from `Options` and from nothing else."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF

from heartwood.web.delivery.push import Sender
from heartwood.web.delivery.smtp import MailServer
from heartwood.web.kit.logs import django_logging
from heartwood.web.kit.secrets import Secrets
from heartwood.web.project.sources import read

OPTIONS = read().options
DATA = OPTIONS.data.absolute()
SECRETS = Secrets.in_folder(DATA / "keys")

DEBUG = OPTIONS.debug
SECRET_KEY = SECRETS.session_key
PUBLIC_URL = OPTIONS.public_url
_secure = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
MINIMUM_AGE = OPTIONS.minimum_age
ORGANISATION, CONTACT = OPTIONS.organisation, OPTIONS.contact
IMPRINT, TERMS, BACKUP_DAYS = OPTIONS.imprint, OPTIONS.terms, OPTIONS.backup_days
HELP_LINES = [line.model_dump() for line in OPTIONS.help_lines]
MAY_SIGN_UP = bool(CONTACT) or not OPTIONS.is_public
SOUNDS_BYTES = OPTIONS.sounds_mb * 1_000_000
PIPER = (
    {
        "program": str(OPTIONS.piper.absolute()),
        "model": str(OPTIONS.piper_model.absolute()),
        "language": OPTIONS.piper_language,
        "consent": OPTIONS.piper_consent,
    }
    if OPTIONS.piper and OPTIONS.piper_model
    else {}
)
PROXIES = OPTIONS.proxies

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "heartwood.web.kit",
    "heartwood.web.people",
    "heartwood.web.delivery",
    "heartwood.web.care",
    "heartwood.web.library",
    "heartwood.web.cohorts",
    "heartwood.web.practices",
    "heartwood.web.today",
    "heartwood.web.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "heartwood.web.kit.address.DeclaredProxies",
    "heartwood.web.kit.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
    "heartwood.web.people.middleware.TellTheErased",
    "heartwood.web.people.middleware.KnowTheBrowser",
    "heartwood.web.people.middleware.StaySignedIn",
    "heartwood.web.people.locking.KeepLocked",
]

ROOT_URLCONF = "heartwood.web.project.urls"
WSGI_APPLICATION = "heartwood.web.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "db" / "heartwood.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY"
                ),
            },
            "TEST": {"NAME": DATA / "db" / "test.sqlite3"},
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or query.pop("host", "")),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {name: unquote(value) for name, value in query.items()},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(OPTIONS.database_url.get_secret_value())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "heartwood.web.people.passwords.LongEnough"},
    {"NAME": "heartwood.web.people.passwords.NotCommon"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/today/"
LOGOUT_REDIRECT_URL = "/"
JOINED_REDIRECT_URL = "/begin/"

ACCOUNT_ADAPTER = "heartwood.web.people.adapter.ClosedDoor"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=10).total_seconds())
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_RATE_LIMITS = {"request_login_code": None}  # people.limits counts, in the database
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_FORMS = {
    "request_login_code": "heartwood.web.people.credentials.AskForCode",
    "confirm_login_code": "heartwood.web.people.credentials.GiveCode",
}
MFA_ADAPTER = "heartwood.web.people.adapter.WaysIn"
MFA_SUPPORTED_TYPES = ["webauthn", "totp"]  # codes on paper come and go with the app: people.second_step
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "heartwood.web.people.credentials.SecondStep",
    "reauthenticate": "heartwood.web.people.credentials.SecondStepAgain",
    "activate_totp": "heartwood.web.people.credentials.FirstCode",
    "login_webauthn": "heartwood.web.people.credentials.SignIn",
    "reauthenticate_webauthn": "heartwood.web.people.credentials.Confirm",
    "add_webauthn": "heartwood.web.people.credentials.Add",
}

SESSION_ENGINE = "heartwood.web.people.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=90).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "heartwood.web.kit.errors.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if _secure:
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

MAIL = MailServer(
    host=OPTIONS.mail_host,
    port=OPTIONS.mail_port,
    sender=parseaddr(OPTIONS.mail_from)[1],
    user=OPTIONS.mail_user,
    password=OPTIONS.mail_password.get_secret_value(),
    tls=OPTIONS.mail_tls.value,
    hello=urlsplit(PUBLIC_URL).hostname or "localhost",
)
PUSH = Sender(SECRETS.push_key, contact=PUBLIC_URL if _secure else f"mailto:heartwood@{MAIL.hello}")
EMAIL_BACKEND = "heartwood.web.delivery.backend.DueRows"
DEFAULT_FROM_EMAIL = OPTIONS.mail_from or "heartwood@localhost"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "media"

(DATA / "logs").mkdir(parents=True, exist_ok=True)
LOGGING = django_logging(DATA / "logs")
