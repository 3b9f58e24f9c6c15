"""Settings of the site. What differs from place to place comes from the environment: docs/site/README.md."""

from datetime import timedelta
from pathlib import Path

from orientalis_site.environment import Environment
from orientalis_site.mail.environment import PROVIDERS, carrier

ROOT = Path(__file__).resolve().parent
environment = Environment()

IS_PRODUCTION = (
    environment.choice("ORIENTALIS_ENVIRONMENT", "development", ("development", "production")) == "production"
)
PORT = environment.integer("PORT", 8000, 1, 65535)
WORKERS = environment.integer("ORIENTALIS_WORKERS", 2, 1, 64)
SITE_URL = environment.origin("ORIENTALIS_SITE_URL", f"http://localhost:{PORT}")
VAR = environment.folder("ORIENTALIS_VAR", Path("var"))
KEYS = environment.folder("ORIENTALIS_KEYS", VAR / "keys")
TOMBSTONES = environment.folder("ORIENTALIS_TOMBSTONES", VAR / "erasures.jsonl")
TRUSTED_PROXIES = environment.networks("ORIENTALIS_TRUSTED_PROXIES")
IS_BUNDLE_NAMED = bool(environment.text("ORIENTALIS_BUNDLE", ""))
BUNDLE = environment.folder("ORIENTALIS_BUNDLE", ROOT / "bundle")

DEBUG = False
SECRET_KEY = environment.secret(
    "ORIENTALIS_SECRET_KEY", is_required=IS_PRODUCTION, default="for development alone, where nothing is secret"
)
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
ALLOWED_HOSTS = environment.hosts("ORIENTALIS_ALLOWED_HOSTS", () if IS_PRODUCTION else LOOPBACK)
IS_HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "orientalis_site.audit",
    "orientalis_site.hooks",
    "orientalis_site.delivery",
    "orientalis_site.kit",
    "orientalis_site.limits",
    "orientalis_site.mail",
    "orientalis_site.petition",
    "orientalis_site.staff",
    "orientalis_site.publications",
    "orientalis_site.keeping",
]
MIDDLEWARE = [
    "orientalis_site.kit.request_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "orientalis_site.kit.guard.Guard",
    "orientalis_site.kit.page_cache.PageCache",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # These act below /staff/ alone: no page of a citizen knows a session or a cookie.
    "orientalis_site.staff.middleware.Privacy",
    "orientalis_site.staff.middleware.Sessions",
    "orientalis_site.staff.middleware.Forms",
    "orientalis_site.staff.middleware.Users",
    "orientalis_site.staff.middleware.Messages",
    "allauth.account.middleware.AccountMiddleware",  # it acts only where a view of its own is asked
    "orientalis_site.staff.middleware.Lockout",
    "orientalis_site.staff.middleware.Gate",
]
ROOT_URLCONF = "orientalis_site.urls"
WSGI_APPLICATION = "orientalis_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",  # the pages of the staff
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"site": "orientalis_site.kit.templatetags.site"},
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "orientalis_site.kit.templatetags.site",
            ],
        },
    }
]
DATABASES = {"default": environment.database("ORIENTALIS_DATABASE_URL", VAR / "site.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "staff.User"

# Who works for the site comes in below /staff/ with a password and a second factor; citizens have no accounts.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600  # (assumed) of the link by which a password is set
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"
LOGOUT_REDIRECT_URL = "/staff/login/"
ACCOUNT_ADAPTER = "orientalis_site.staff.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser
MFA_ADAPTER = "orientalis_site.staff.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Orientalis"
MFA_TOTP_TOLERANCE = 1  # the code before and the one after, for clocks that differ
MFA_FORMS = {
    "authenticate": "orientalis_site.staff.codes.AuthenticateForm",
    "reauthenticate": "orientalis_site.staff.codes.ReauthenticateForm",
}
AXES_FAILURE_LIMIT = 5  # (assumed)
AXES_COOLOFF_TIME = timedelta(minutes=30)  # (assumed)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "orientalis_site.staff.lockout.place"
AXES_USERNAME_CALLABLE = "orientalis_site.staff.lockout.name"
AXES_LOCKOUT_CALLABLE = "orientalis_site.staff.lockout.answer"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600  # (assumed)
SESSION_COOKIE_NAME = "__Host-staff" if IS_HTTPS else "staff"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_NAME = "__Host-staff-form" if IS_HTTPS else "staff-form"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "orientalis_site.staff.views.foreign_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

MAIL = carrier(environment, SITE_URL)
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls == "starttls", MAIL.tls == "tls"
EMAIL_TIMEOUT = 10  # each step of a conversation; mail/outbox.py counts on it
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL.sender
ANYMAIL = MAIL.anymail
if MAIL.name in PROVIDERS:
    INSTALLED_APPS.append("anymail")

APPEND_SLASH = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
    }
}
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # our own Lockout is one, below /staff/ alone
    "security.W002",  # frame-ancestors of the content policy says it
    "security.W003",  # no form changes anything
    "security.W005",  # what stands on other names of the domain is not ours to decide
    "security.W008",  # the proxy redirects to HTTPS
    "security.W021",
]

LOG_FORMAT = environment.choice("ORIENTALIS_LOG_FORMAT", "text", ("text", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"nameless": {"()": "orientalis_site.kit.logs.Nameless"}},
    "formatters": {"text": {"()": "orientalis_site.kit.logs.Text"}, "json": {"()": "orientalis_site.kit.logs.Json"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["nameless"]}},
    "root": {
        "handlers": ["console"],
        "level": environment.choice("ORIENTALIS_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},
        "django.db.backends": {"level": "INFO"},  # at DEBUG it writes queries with their values
        "axes": {"level": "ERROR"},  # it writes names and addresses; the audit holds what is needed
    },
}
