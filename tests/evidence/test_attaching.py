"""Files attached as evidence: stored by hash, proven by the trail, refused with one sentence when hostile."""

from __future__ import annotations

import errno
import hashlib
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image

from qms.evidence import store
from qms.evidence.attaching import attach, void_evidence
from qms.evidence.models import EvidenceFile, EvidenceLink
from qms.evidence.reading import evidence_of
from qms.lifecycle.perform import perform
from qms.lifecycle.refused import KeyReused, Refused
from qms.signatures.manifest import content_hash
from qms.trail.models import TrailEvent
from tests.evidence.files import HONEST, HOSTILE, PDF, photo_with_place
from tests.nonconformities import make
from tests.people import Body
from workflows.nonconformities.lifecycle import State


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGE_DIR = tmp_path / "files"
    return tmp_path / "files"


def stored_files(place: Path) -> list[str]:
    return sorted(file.name for file in place.rglob("*") if file.is_file())


@pytest.mark.parametrize("name", HONEST)
def test_every_kind_is_taken_and_its_hash_stands_in_the_records_trail(home: Body, name: str) -> None:
    nc = make.reported(home)
    link = attach(nc, io.BytesIO(HONEST[name]), name, home.bob, caption="The form", covers_from=date(2026, 5, 14))
    digest = hashlib.sha256(HONEST[name]).hexdigest()
    assert (link.sha256, link.file.sha256, link.name) == (digest, digest, name)
    assert store.read(digest) == HONEST[name]
    event = TrailEvent.objects.get(stream=nc.uid, seq=nc.version)
    assert event.verb == "attach"
    assert f'"sha256":"{digest}"' in event.body
    assert f'"evidence":"{link.uid}"' in event.body
    assert "The form" not in event.body
    assert [each.uid for each in evidence_of(nc)] == [link.uid]


@pytest.mark.parametrize(("name", "data", "code"), HOSTILE, ids=[f"{n[:20]}-{c}" for n, _d, c in HOSTILE])
def test_a_hostile_file_is_refused_with_one_sentence_and_leaves_nothing(
    home: Body, own_store: Path, name: str, data: bytes, code: str
) -> None:
    nc = make.reported(home)
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        attach(nc, data, name, home.bob)
    (complaint,) = refusal.value.error_dict["file"]
    assert complaint.code == code
    assert str(complaint.message).endswith(".")
    assert "\n" not in str(complaint.message)
    nc.refresh_from_db()
    assert (nc.version, EvidenceLink.unscoped.count(), EvidenceFile.unscoped.count()) == (1, 0, 0)
    assert stored_files(own_store) == []
