"""One line for every address: what its parts are made of, and what it answers somebody it is for.

A new address needs a line here and one in qms/project/permissions.py; without either the walk fails and names it.
A line gives the parts of the address from a side (see sides.py), once or once per record type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from qms.lifecycle.table import Lifecycle
from qms.records import registry
from tests.contract.sides import RICHEST

Parts = dict[str, Any]
Line = Callable[[Any], list[Parts]]


def alone(_side: Any) -> list[Parts]:
    return [{}]


def uid_of(name: str, **more: str) -> Line:
    """The address of one thing: `uid_of("task")` is the side's task."""
    return lambda side: [{"uid": getattr(side, name).uid, **more}]


def each_type(_side: Any) -> list[Parts]:
    return [{"type_name": name} for name in RICHEST]


def each_record(side: Any) -> list[Parts]:
    return [{"type_name": name, "uid": side.records[name].uid} for name in RICHEST]


def record(name: str, **parts: str) -> Line:
    """One record; `parts` are names of the side's attributes."""
    return lambda side: [{"uid": side.records[name].uid, **{part: getattr(side, at) for part, at in parts.items()}}]


def each_step(side: Any) -> list[Parts]:
    """Every step from where the side's records stand, and one that is not taken from there."""
    return [
        {"type_name": kind.name, "uid": side.records[kind.name].uid, "verb": verb}
        for kind in registry.all_types()
        for verb in _verbs_from(kind.lifecycle, RICHEST[kind.name])
    ]


def _verbs_from(lifecycle: Lifecycle, state: str) -> list[str]:
    possible = [step.verb for step in lifecycle.by_state[state]]
    return [*possible, next(verb for verb in lifecycle.verbs if verb not in possible)]


def each_export(_side: Any) -> list[Parts]:
    return [{"type_name": name, "kind": kind} for name in RICHEST for kind in ("csv", "xlsx")]


ADDRESSES: dict[str, Line] = {
    "healthz": alone,
    "csp_report": alone,
    "set_language": alone,
    "accessibility": alone,
    "inbox": alone,
    "search": alone,
    "tasks": alone,
    "hand_over": uid_of("task"),
    # login
    "account_login": alone,
    "account_logout": alone,
    "account_signup": alone,
    "account_inactive": alone,
    "account_reauthenticate": alone,
    "account_change_password": alone,
    "account_set_password": alone,
    "account_email": alone,
    "account_email_verification_sent": alone,
    "account_reset_password": alone,
    "account_reset_password_done": alone,
    "account_reset_password_from_key_done": alone,
    "account_reset_password_from_key": lambda side: [{"uidb36": "1", "key": "set-password"}],
    "account_confirm_email": lambda side: [{"key": "none"}],
    "account_confirm_login_code": alone,
    # people
    "people:list": alone,
    "people:invitations": alone,
    "people:invite": alone,
    "people:invitation": uid_of("invitation"),
    "people:invitation_qr": uid_of("invitation"),
    "people:invitation_revoke": uid_of("invitation"),
    "people:units": alone,
    "people:unit_new": alone,
    "people:unit": lambda side: [{"uid": side.body.unit.uid}],
    "people:bodies": alone,
    "people:body_new": alone,
    "people:body": lambda side: [{"uid": side.body.organisation.uid}],
    "people:delegations": alone,
    "people:delegation_new": alone,
    "people:delegation_revoke": uid_of("delegation"),
    "people:role_end": uid_of("role"),
    "people:me": alone,
    "people:my_language": alone,
    "people:person": lambda side: [{"uid": side.body.stan.uid}],
    "people:edit": lambda side: [{"uid": side.body.stan.uid}],
    "people:role_new": lambda side: [{"uid": side.body.stan.uid}],
    "people:delegation_for": lambda side: [{"uid": side.body.stan.uid}],
    "people:close": lambda side: [{"uid": side.body.stan.uid}],
    "invitation": lambda side: [{"token": side.invited}],
    "claim": lambda side: [{"token": "0" * 43}],
    "welcome": alone,
    "welcome_put_away": alone,
    "welcome_mail": alone,
    "tokens:list": alone,
    "tokens:new": alone,
    "tokens:revoke": uid_of("token"),
    # calendar and standards
    "calendar:year": alone,
    "calendar:due": alone,
    "calendar:exception_new": alone,
    "calendar:exception_edit": uid_of("exception"),
    "standards:list": alone,
    "standards:tree": lambda side: [{"slug": "iso-9001-2015"}],
    # trail and records of every type
    "trail:what_this_proves": alone,
    "trail:export": each_record,
    "records:list": each_type,
    "records:export": each_export,
    "records:new": each_type,
    "records:detail": each_record,
    "records:edit": each_record,
    "records:step": each_step,
    "records:trail": each_record,
    "records:lifecycle": each_record,
    # evidence
    "evidence:add": each_record,
    "evidence:file": uid_of("evidence"),
    "evidence:picture": uid_of("evidence"),
    "evidence:void": uid_of("evidence"),
    # comments, and what people were told
    "comments:add": each_record,
    "comments:answer": uid_of("comment"),
    "comments:settle": uid_of("comment"),
    "notices:mine": alone,
    "notices:read_all": alone,
    "notices:open": uid_of("notice"),
    "notices:of_record": each_record,
    # documents, inspections, papers
    "documents:import": alone,
    "documents:read": record("document"),
    "documents:write": record("revision"),
    "documents:items": record("revision", key="section"),
    "documents:sections": record("revision", key="section"),
    "documents:file": record("revision"),
    "inspections:checklist": record("inspection"),
    "inspections:answer": record("inspection", item="item"),
    "reports:ask": each_record,
    "reports:progress": uid_of("report"),
    "reports:file": uid_of("report"),
    "reports:verify": lambda side: [{"code": "AAAA-BBBB-CCCC-DDDD"}],
    "api:schema": alone,
}


def of_programs(name: str) -> Line | None:
    """Addresses for programs come from the registry, and so do their lines."""
    type_name, _dash, end = name.removeprefix("api:").partition("-")
    if not name.startswith("api:") or type_name not in RICHEST:
        return None
    return record(type_name) if end else alone


def line_of(name: str) -> Line | None:
    return ADDRESSES.get(name) or of_programs(name)


@dataclass(frozen=True)
class Address:
    """An address of the resolver: its name and its pattern."""

    name: str
    pattern: str

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api:")


def addresses() -> list[Address]:
    """Every address the product answers, each name once."""
    found = {name: Address(name, pattern) for name, pattern in _walk(get_resolver().url_patterns)}
    return list(found.values())


def _walk(patterns: list[Any], space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for each in patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space, pattern)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name}", pattern
