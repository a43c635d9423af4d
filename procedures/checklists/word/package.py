"""The parts of a Word document: body, styles, numbering, headers, footers, notes."""

import posixpath
from xml.etree.ElementTree import Element

from qms.evidence.foreign import NotReadable, Package

BESIDE_THE_BODY = ("header", "footer", "footnotes", "endnotes", "comments")


def local(element: Element) -> str:
    """The tag without its namespace: forms come in the transitional and the strict one."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """The attribute with this local name, whatever its namespace."""
    if element is not None:
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == name:
                return value
    return default


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along these local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """The direct children with this local name."""
    return [] if element is None else [each for each in element if local(each) == name]


def is_on(element: Element | None) -> bool:
    """An on/off property of Word: there, and not switched off."""
    return element is not None and attribute(element, "val", "1") not in ("0", "false", "off", "none")


class WordDocument:
    """The opened document; raises NotReadable when the package holds no Word document, or one with macros."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        if "[Content_Types].xml" not in self._package.names or "_rels/.rels" not in self._package.names:
            raise NotReadable("not_word")
        main = next((name for kind, name in self._related("") if kind == "officeDocument"), "")
        self._check_kind(main)
        self.body = child(self._package.xml(main), "body")
        if self.body is None:
            raise NotReadable("not_word")
        related = self._related(main)
        self.styles = self._first(related, "styles")
        self.numbering = self._first(related, "numbering")
        self.beside = [
            (kind, self._package.xml(name))
            for kind, name in sorted(related)
            if kind in BESIDE_THE_BODY and name in self._package.names
        ]

    def _check_kind(self, main: str) -> None:
        kinds = {
            attribute(each, "PartName").lstrip("/"): attribute(each, "ContentType")
            for each in self._package.xml("[Content_Types].xml")
        }
        if any("macroenabled" in kind.lower() for kind in kinds.values()):
            raise NotReadable("macros")
        if main not in self._package.names or "wordprocessingml" not in kinds.get(main, "wordprocessingml"):
            raise NotReadable("not_word")

    def _related(self, part: str) -> list[tuple[str, str]]:
        """Kind and name of each part this one refers to; what lies outside the package is not followed."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._package.names:
            return []
        return [
            (attribute(each, "Type").rpartition("/")[2], posixpath.normpath(f"{folder}/{target}").lstrip("/"))
            if not (target := attribute(each, "Target")).startswith("/")
            else (attribute(each, "Type").rpartition("/")[2], target.lstrip("/"))
            for each in self._package.xml(rels)
            if attribute(each, "TargetMode") != "External"
        ]

    def _first(self, related: list[tuple[str, str]], kind: str) -> Element | None:
        name = next((name for each, name in related if each == kind and name in self._package.names), None)
        return None if name is None else self._package.xml(name)
