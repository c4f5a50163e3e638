"""One file of settings: safe for production as it stands; everything a deployment may change is read through ``env``."""

from pathlib import Path

from csp.constants import NONE, SELF

from qiao.web import logs

from . import env

ROOT = Path(__file__).resolve().parents[2]

# --- what kind of installation ------------------------------------------------------------------------------------------------

DATA = Path(env.text("QIAO_DATA", str(ROOT / "var"), "Folder for uploaded files, written mail and the embedded database."))
DATA.mkdir(parents=True, exist_ok=True)
DEBUG = env.flag("QIAO_DEBUG", False, "Show errors in full; for development only.")
DEMO = env.flag("QIAO_DEMO", False, "The demonstration: the sign-in page lists the accounts to try.")
SECRET_KEY = env.text("QIAO_SECRET_KEY", "", "The key that signs sessions and links. Must be set, long and random.")
ALLOWED_HOSTS = env.names("QIAO_HOSTS", ["127.0.0.1", "localhost"], "Host names under which the product is reached.")
HTTPS = env.flag("QIAO_HTTPS", not (DEBUG or DEMO), "Whether people reach it by https; cookies are then sent by https only.")
SITE_URL = env.text("QIAO_SITE_URL", "http://127.0.0.1:8000", "Address that stands in messages and on documents.")

# --- apps ---------------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    *(["qiao.demo"] if DEMO else []),  # first: its sign-in page covers the plain one
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "lucide",
    "django_cotton.apps.SimpleAppConfig",  # both would rewrite the loaders below
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "qiao.kernel",
    "qiao.ui",
    "qiao.orgs",
    "qiao.rulebook",
    "qiao.accounts",
    "qiao.files",
    "qiao.notices",
    "qiao.saved_views",
    "qiao.search",
    "qiao.imports",
    "qiao.congress",
    "qiao.announcements",
    "qiao.matters",
    "qiao.privacy",
    "qiao.jobs",
    "qiao.journal",
    "qiao.web",
]
MIDDLEWARE = [
    "qiao.web.logs.Numbered",
    "qiao.web.metrics.Measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "qiao.web.middleware.Preferences",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qiao.web.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qiao.web.middleware.Acting",
    "qiao.web.once.Once",
]
ROOT_URLCONF = "qiao.config.urls"
WSGI_APPLICATION = "qiao.config.wsgi.application"
FORM_RENDERER = "qiao.ui.renderer.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "qiao.web.context.frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "qiao.ui.templatetags.ui",
                "qiao.rulebook.templatetags.rulebook",
            ],
        },
    }
]

# --- data ---------------------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": env.database(
        "QIAO_DATABASE", f"sqlite:///{DATA / 'qiao.sqlite3'}", "The database: sqlite:///file or postgres://user:password@host/name."
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = None  # one kept connection a thread: three times the requests
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if pool := env.number("QIAO_DATABASE_POOL", 8, "Connections kept by each process on PostgreSQL; 0 behind PgBouncer."):
        DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 2, "max_size": pool}}
    else:
        DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_LIMIT = 1024 * 1024 * env.number("QIAO_UPLOAD_MEGABYTES", 20, "The largest file that may be uploaded, in megabytes.")
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "qiao.files.uploads.Bounded"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
JOBS = env.text("QIAO_JOBS", "immediate", "Where background work runs: immediate (in the request) or database (by bin/worker).")
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend" if JOBS == "database" else "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "mail", "reports"],
    }
}
JOB_LEASE = env.number("QIAO_JOB_LEASE", 60, "Seconds after which a worker without a sign of life is dead and its job taken over.")

# --- people -------------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_HISTORY = env.number("QIAO_PASSWORD_HISTORY", 5, "How many of their last passwords a person may not take again; 0 for none.")
ACTIVATION_DAYS = env.number("QIAO_ACTIVATION_DAYS", 14, "Days for which an activation slip holds.")
PASSWORD_DAYS = env.number("QIAO_PASSWORD_DAYS", 90, "Days after which a password must be changed; 0 for never.")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": env.number("QIAO_PASSWORD_LENGTH", 10, "The least length of a password.")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login",)},
    },
    {"NAME": "qiao.accounts.passwords.NotOneOfTheLast"},
]
JOURNAL_KEY = env.text(
    "QIAO_JOURNAL_KEY", "", "The key that signs the journal, 64 hexadecimal digits; if empty, derived from QIAO_SECRET_KEY."
)
FIELD_KEYS = env.names(
    "QIAO_FIELD_KEYS",
    [],
    "The keys under which telephones, identity numbers and imported rows lie in the database, the one that writes first: aes: and 64 "
    "hexadecimal digits, or sm4: and 32. Must be set where real people's data are.",
)
READINGS_AN_HOUR = env.number("QIAO_READINGS_AN_HOUR", 20, "How many protected values one person may read in full within an hour.")
KEEP_NOTICES_MONTHS = env.number(
    "QIAO_KEEP_NOTICES_MONTHS", 36, "Months after which notices that were read are deleted, with the log of their sending."
)
KEEP_FAILURES_MONTHS = env.number(
    "QIAO_KEEP_FAILURES_MONTHS", 6, "Months after which failed sign-ins are deleted; six at least (Cybersecurity Law, article 23)."
)
JOURNAL_KEYS_BEFORE = env.names("QIAO_JOURNAL_KEYS_BEFORE", [], "Public keys that signed the journal before; their seals still count.")
SIGN_IN_FAILURES = env.number("QIAO_SIGN_IN_FAILURES", 5, "Failed sign-ins after which an account is locked for a while.")
ADDRESS_FAILURES = env.number("QIAO_ADDRESS_FAILURES", 50, "Failed sign-ins after which an address is locked: an office may share one.")
LOCK_MINUTES = env.number("QIAO_LOCK_MINUTES", 15, "How long, in minutes.")
PROXIES = env.number("QIAO_PROXIES", 1 if HTTPS else 0, "How many proxies of one's own a request passes, each adding to X-Forwarded-For.")
OIDC_ISSUER = env.text(
    "QIAO_OIDC_ISSUER", "", "Address of the identity provider (OpenID Connect) by which people may sign in; empty for none."
)
OIDC_CLIENT = env.text("QIAO_OIDC_CLIENT", "", "Name of this installation there.")
OIDC_SECRET = env.text("QIAO_OIDC_SECRET", "", "Its secret there.")
OIDC_NAME = env.text("QIAO_OIDC_NAME", "OpenID Connect", "What people call the provider; stands on the button.")
OIDC_SCOPE = env.text("QIAO_OIDC_SCOPE", "openid profile", "What is asked of it.")
OIDC_CLAIM = env.text(
    "QIAO_OIDC_CLAIM",
    "",
    "The claim that holds the sign-in name: who comes first by it is connected. Empty: people connect their account themselves.",
)
SESSION_ENGINE = "qiao.accounts.sessions"
SESSION_COOKIE_AGE = 60 * env.number("QIAO_SESSION_MINUTES", 480, "Minutes after which a session ends.")
IDLE_MINUTES = env.number("QIAO_IDLE_MINUTES", 30, "Minutes without doing anything after which a session ends; 0 for never.")

# --- safety -------------------------------------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "qiao.web.errors.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- language and time --------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "qiao" / "locale"]
TIME_ZONE = env.text("QIAO_TIME_ZONE", "Asia/Shanghai", "Where legal days begin and end.")
USE_TZ = True

# --- mail ---------------------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = env.text(
    "QIAO_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "Django's mail back end; by default mail is written to files."
)
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = env.text("QIAO_SMTP_HOST", "localhost", "Mail server.")
EMAIL_PORT = env.number("QIAO_SMTP_PORT", 25, "Its port.")
EMAIL_HOST_USER = env.text("QIAO_SMTP_USER", "", "User name there.")
EMAIL_HOST_PASSWORD = env.text("QIAO_SMTP_PASSWORD", "", "Password there.")
EMAIL_USE_TLS = env.flag("QIAO_SMTP_TLS", False, "Whether to speak STARTTLS with it.")
EMAIL_USE_SSL = env.flag("QIAO_SMTP_SSL", False, "Whether it speaks TLS from the first byte, as on port 465; not together with STARTTLS.")
EMAIL_TIMEOUT = env.number("QIAO_SMTP_SECONDS", 20, "Seconds it may take for each answer; then the rest of the letters wait.")
DEFAULT_FROM_EMAIL = env.text("QIAO_MAIL_FROM", "qiao@localhost", "Sender of the product's mail.")

# --- other ways of reaching people ----------------------------------------------------------------------------------------------

GATEWAYS = {
    "sms": env.text(
        "QIAO_GATEWAY_SMS",
        "",
        "Where text messages are handed over, as an address of Apprise: “{phone}” stands for the person's telephone, “{to}” for what they "
        "have entered themselves; e.g. jsons://user:password@gateway.example/send?:to={phone}. Empty: there are none.",
    ),
    "wecom": env.text("QIAO_GATEWAY_WECOM", "", "The same for WeCom; wecombot://{to} where people enter the key of a robot of their own."),
    "dingtalk": env.text(
        "QIAO_GATEWAY_DINGTALK", "", "The same for DingTalk; dingtalk://TOKEN/{phone} for a robot of the office that names each."
    ),
    "feishu": env.text("QIAO_GATEWAY_FEISHU", "", "The same for Feishu; feishu://{to} where people enter that of a robot of their own."),
}

# --- static files -------------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
BUILD = ROOT / "build"  # what bin/ scripts build: style sheet, scripts, fonts
STATICFILES_DIRS = [BUILD / "static"]
FONTS = BUILD / "fonts"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
LOGGING = logs.configure(readable=DEBUG)
METRICS_TOKEN = env.text("QIAO_METRICS_TOKEN", "", "What /metrics asks for as a bearer token; without it there is no such page.")
