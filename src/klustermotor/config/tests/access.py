"""The addresses that stand under no rule of a room, each for a reason: most are the libraries'."""

OWN_ACCOUNT = "changes the logged-in user's own account, and sends others to log in"
LOGS_IN = "for those who are not logged in yet"

EXEMPT = {
    "api_docs": "tells what calls there are; it holds no data",
    "api_openapi": "tells programs what calls there are; it holds no data",
    "api-root": "leads nowhere: 404",
    "account_login": LOGS_IN,
    "account_logout": LOGS_IN,
    "account_inactive": "tells that an account is closed",
    "account_signup": "tells that accounts are given, not taken",
    "account_reauthenticate": OWN_ACCOUNT,
    "account_email": OWN_ACCOUNT,
    "account_email_verification_sent": LOGS_IN,
    "account_change_password": OWN_ACCOUNT,
    "account_set_password": OWN_ACCOUNT,
    "account_reset_password": LOGS_IN,
    "account_confirm_login_code": LOGS_IN,
    "account_confirm_email": LOGS_IN,
    "account_reset_password_from_key_done": LOGS_IN,
    "account_reset_password_from_key": LOGS_IN,
    "account_reset_password_done": LOGS_IN,
    "account_request_login_code": LOGS_IN,
    "mfa_index": OWN_ACCOUNT,
    "mfa_authenticate": LOGS_IN,
    "mfa_reauthenticate": OWN_ACCOUNT,
    "mfa_activate_totp": OWN_ACCOUNT,
    "mfa_deactivate_totp": OWN_ACCOUNT,
    "mfa_view_recovery_codes": OWN_ACCOUNT,
    "mfa_generate_recovery_codes": OWN_ACCOUNT,
    "mfa_download_recovery_codes": OWN_ACCOUNT,
}
