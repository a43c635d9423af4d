"""Two bodies with a record of every type, made once for all tests of a file that ask for `sides`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.contract.sides import Side, two_sides


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Side, Side]]:
    """(home, away), in a transaction that is undone when the file's tests are over."""
    own = tmp_path_factory.mktemp("trail")
    files = {"SIGNING_KEY_FILE": own / "trail.pem", "CHECKPOINT_FILE": own / "elsewhere" / "trail.txt"}
    with django_db_blocker.unblock(), override_settings(**files):
        frame = transaction.atomic()
        frame.__enter__()
        try:
            yield two_sides()
        finally:
            transaction.set_rollback(True)
            frame.__exit__(None, None, None)


@pytest.fixture
def sides(built: tuple[Side, Side]) -> Iterator[tuple[Side, Side]]:
    """The two bodies as they were made, whatever the test does to them."""
    point = transaction.savepoint()
    yield built
    transaction.savepoint_rollback(point)
