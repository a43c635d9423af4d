"""What every test has: real databases, brokers and browsers (see tests/fixtures), and compiled translations."""

pytest_plugins = [
    "tests.people",
    "tests.fixtures.parts",
    "tests.fixtures.databases",
    "tests.fixtures.brokers",
    "tests.fixtures.browser",
]


def pytest_sessionstart() -> None:
    """Compiles translations that are newer than their .mo files."""
    from qms.project.messages import compile_messages

    compile_messages()
