"""Sign-in, sessions, cookies and headers."""

from csp.constants import NONCE, NONE, SELF

from goldenthread.config import env

_DEMONSTRATION = env.flag("GT_DEMONSTRATION")
# Plain HTTP is served only in demonstration mode and in tests.
_HTTPS = env.flag("GT_HTTPS", not _DEMONSTRATION)

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    # The demonstration's people: good for nothing where the site is not a demonstration.
    "goldenthread.demo.sign_in.PersonaBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "gt_session"
CSRF_COOKIE_NAME = "gt_csrf"
SESSION_COOKIE_AGE = env.number("GT_SESSION_HOURS", 10) * 3600
CSRF_FAILURE_VIEW = "goldenthread.core.views.errors.csrf_failure"

SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("GT_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "goldenthread.core.signin.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "goldenthread.core.signin.SocialAccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
# No message to addresses that have no account here; a message to the owner when an account changes.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
# Counted in the cache. `key` is the account or address; a school's people share one `ip`.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/h/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "sign_in_link": "20/h/ip,3/15m/key",
    "sign_in_link_use": "30/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("GT_BEHIND_PROXY") else 0
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_ADAPTER = "goldenthread.core.signin.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "goldenthread.core.signin.CodeForm",
    "reauthenticate": "goldenthread.core.signin.CodeAgainForm",
}
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Golden Thread"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS
USERSESSIONS_TRACK_ACTIVITY = False

SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# One click to the council's service: a form that is answered by a redirect there would break form-action.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {}
# Only where the council's own sign-on asks everybody for a second factor does it stand for ours.
OIDC_SECOND_FACTOR = env.flag("GT_OIDC_SECOND_FACTOR")
if env.text("GT_OIDC_SERVER"):
    _DOMAINS = env.words("GT_OIDC_EMAIL_DOMAINS")
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": env.text("GT_OIDC_NAME", "Council sign-in"),
                "client_id": env.text("GT_OIDC_CLIENT_ID"),
                "secret": env.text("GT_OIDC_SECRET"),
                "settings": {
                    "server_url": env.text("GT_OIDC_SERVER"),
                    # An account is matched by an email address that the service has verified, or
                    # that lies in a domain whose addresses only the council gives out.
                    "email_authentication": True,
                    **({"verified_email": _DOMAINS} if _DOMAINS else {}),
                },
            }
        ],
    }
