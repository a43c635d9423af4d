"""The permission table: every address of the product has one line here; an address without a line answers nobody."""

from qms.people.permissions import Access

E, S, T, A, Q = Access.EVERYBODY, Access.SIGNED_IN, Access.PROGRAM, Access.ADMINISTRATOR, Access.QUALITY_MANAGER

TABLE: dict[str, Access] = {
    # the ground
    "healthz": E,
    "csp_report": E,
    "set_language": E,
    "accessibility": E,
    # login
    "account_login": E,
    "account_logout": E,
    "account_signup": E,
    "account_inactive": E,
    "account_reauthenticate": S,
    "account_change_password": S,
    "account_set_password": S,
    "account_email": S,
    "account_confirm_email": E,
    "account_email_verification_sent": E,
    "account_reset_password": E,
    "account_reset_password_done": E,
    "account_reset_password_from_key": E,
    "account_reset_password_from_key_done": E,
    # calendar and standards
    "calendar:year": S,
    "calendar:due": S,
    "calendar:exception_new": A,
    "calendar:exception_edit": A,
    "standards:list": S,
    "standards:tree": S,
    # tasks
    "inbox": S,
    "tasks": S,
    "hand_over": S,
    # trail
    "trail:what_this_proves": E,
    "trail:export": S,
    # records of every type
    "records:list": S,
    "records:export": S,
    "records:new": S,
    "records:detail": S,
    "records:edit": S,
    "records:step": S,
    "records:trail": S,
    "records:lifecycle": S,
    # documents
    "documents:import": S,
    "documents:read": S,
    "documents:write": S,
    "documents:items": S,
    "documents:sections": S,
    "documents:file": S,
    # inspections and papers
    "inspections:checklist": S,
    "inspections:answer": S,
    "reports:ask": S,
    "reports:progress": S,
    "reports:file": S,
    "reports:verify": E,
}
