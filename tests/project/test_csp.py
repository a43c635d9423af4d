"""Every page carries a strict policy; what browsers report of it is kept."""

import json

import pytest
from django.test import Client

from qms.project import csp_reports

REPORT = {"csp-report": {"document-uri": "/x", "violated-directive": "script-src", "blocked-uri": "inline"}}


def test_pages_load_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get("/csp-report").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "report-uri /csp-report" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_report_is_kept(client: Client) -> None:
    csp_reports.LATEST.clear()
    answer = client.post("/csp-report", json.dumps(REPORT), content_type="application/csp-report")
    assert answer.status_code == 204
    assert list(csp_reports.LATEST) == [{"page": "/x", "directive": "script-src", "blocked": "inline"}]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"csp-report": 1}', "\xff", "x" * 9000])
def test_anything_else_is_refused(client: Client, body: str) -> None:
    answer = client.post("/csp-report", body.encode("latin-1"), content_type="application/csp-report")
    assert answer.status_code == 400
