"""Every setting comes from the environment; docs/settings.md explains each variable."""

import os
from pathlib import Path

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from klustermotor import __version__
from klustermotor.config import environment

PACKAGE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("KLUSTERMOTOR_HOME", "var")).resolve()

# The demonstration runs on this machine only, on plain HTTP, with known passwords.
DEMO = environment.flag("KLUSTERMOTOR_DEMO")
DEBUG = environment.flag("KLUSTERMOTOR_DEBUG")
LOCAL = DEMO or DEBUG

# Read late, so that a command on files alone neither needs a key nor makes one.
SECRET_KEY = lazy(lambda: environment.secret_key(HOME), str)()
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or (
    ["127.0.0.1", "localhost", "[::1]"] if LOCAL else []
)
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "klustermotor.portal",
    "klustermotor.evaluation",
    "klustermotor.surveys",
    "klustermotor.initiatives",
    "klustermotor.register",
    "klustermotor.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "simple_history",
]
MIDDLEWARE = [
    "klustermotor.core.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "klustermotor.core.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "klustermotor.core.middleware.private_pages",
    "klustermotor.core.middleware.language_of_user",
    "django.contrib.messages.middleware.MessageMiddleware",
    "klustermotor.register.middleware.out_with_former_contacts",
    "klustermotor.register.middleware.old_addresses",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "klustermotor.config.urls"
WSGI_APPLICATION = "klustermotor.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "klustermotor.core.context.frame",
            ],
            "builtins": ["klustermotor.core.templatetags.design"],
        },
    }
]
FORM_RENDERER = "klustermotor.core.forms.Renderer"

DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# A worker that has not renewed its hold on a job for so long counts as dead.
JOB_LEASE_SECONDS = environment.number("JOB_LEASE_SECONDS", 30)

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "rules.permissions.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "klustermotor.core.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "klustermotor.core.accounts.display_name"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if LOCAL else "https"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator has given the address
MFA_TOTP_ISSUER = "Klustermotor"

if OIDC_ISSUER := os.environ.get("OIDC_ISSUER", ""):
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_ADAPTER = "klustermotor.core.social.SocialAccountAdapter"
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": os.environ.get("OIDC_NAME", "OpenID Connect"),
                    "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                    "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                    "settings": {"server_url": OIDC_ISSUER},
                }
            ],
        }
    }

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("nb", _("Norwegian")), ("en", _("English"))]
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/Stockholm")
USE_TZ = True

WEB_WORKERS = environment.number("WEB_WORKERS", 1)

# The version in the address lets a browser keep a file for ever and still see a new one at once.
STATIC_URL = f"/static/{__version__}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if LOCAL else 31_536_000
MEDIA_ROOT = HOME / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
# The column wizard asks some seven things of each column of a file.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

EMAIL_BACKEND = f"django.core.mail.backends.{'console' if LOCAL else 'smtp'}.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "klustermotor@localhost")

# How often one key may call the API.
API_CALLS_PER_MINUTE = environment.number("API_CALLS_PER_MINUTE", 300)
# For how long the link in an invitation to be a company's contact lets in.
CONTACT_INVITATION_DAYS = environment.number("CONTACT_INVITATION_DAYS", 14)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_AGE = 14 * 86_400
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else environment.number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
# Only a proxy of one's own may tell a visitor's address, by which log-in attempts are counted.
TRUST_FORWARDED_FOR = environment.flag("TRUST_FORWARDED_FOR")
X_FRAME_OPTIONS = "DENY"
# Logging in through OpenID Connect posts a form that ends at the issuer.
CSP_FORM_ACTION = f" {OIDC_ISSUER}" if OIDC_ISSUER else ""
if header := os.environ.get("SECURE_PROXY_SSL_HEADER", ""):
    SECURE_PROXY_SSL_HEADER = ("HTTP_" + header.upper().replace("-", "_"), "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "klustermotor.core.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        # Our own line per request carries neither query nor address of a person.
        "django.server": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
