"""What the tests of the pages about people share: a client signed in, and no tries counted from the test before."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from qms.people.models import Person


@pytest.fixture(autouse=True)
def no_tries_counted() -> Iterator[None]:
    cache.clear()
    yield


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
