"""The product's own code as syntax trees: which module imports what, which calls stand where. Nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("qms", "procedures", "workflows")


@dataclass(frozen=True)
class Module:
    """One source file. `path` is relative to the project; `lines` counts all of its lines."""

    path: str
    tree: ast.Module
    lines: int

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def file(self) -> str:
        return self.path.rpartition("/")[2]

    def imports(self, *, for_types: bool = True) -> set[str]:
        """Dotted names it imports, also inside functions; without `for_types`, not those under TYPE_CHECKING."""
        hidden = set() if for_types else {id(node) for branch in self._for_types() for node in ast.walk(branch)}
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if id(node) in hidden:
                continue
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {f"{self._base(node)}.{alias.name}" for alias in node.names}
        return found

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        above = self.path.removesuffix(".py").split("/")[: -node.level]
        return ".".join([*above, *([node.module] if node.module else [])])

    def _for_types(self) -> Iterator[ast.stmt]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
                yield from node.body

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product, without migrations."""
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return tuple(
        module(file.relative_to(ROOT).as_posix(), file.read_text()) for file in files if "migrations" not in file.parts
    )


def module(path: str, text: str) -> Module:
    """A module of that source text, for the checks and for the checks of the checks."""
    return Module(path, ast.parse(text), text.count("\n"))


def below(name: str, *tops: str) -> bool:
    """Whether a dotted name is one of these or lies inside one."""
    return any(name == top or name.startswith(f"{top}.") for top in tops)
