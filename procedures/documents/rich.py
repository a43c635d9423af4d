"""Rich text of a section: a short list of tags, and the plain way of typing the usual ones."""

from __future__ import annotations

import html
import re

import nh3

INLINE = frozenset({"strong", "em", "u", "sub", "sup", "a", "br"})
BLOCKS = frozenset({"p", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td"})
TAGS = set(INLINE | BLOCKS)
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
SCHEMES = {"http", "https", "mailto"}

_HAS_BLOCK = re.compile(r"<(" + "|".join(sorted(BLOCKS)) + r")\b")
_SIMPLE = re.compile(r"<p>(?P<p>.*?)</p>|<h3>(?P<h3>.*?)</h3>|<(?P<list>ul|ol)>(?P<items>.*?)</(?P=list)>", re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_BULLET, _NUMBER = re.compile(r"[-*•]\s+"), re.compile(r"\d{1,3}[.)]\s+")


def clean(markup: str) -> str:
    """The markup with nothing but the tags, attributes and link schemes that are allowed."""
    return nh3.clean(markup, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")


def words(markup: str) -> str:
    """The text without its markup, on one line."""
    return " ".join(html.unescape(nh3.clean(markup.replace("<", " <"), tags=set())).split())


def from_typed(typed: str) -> str:
    """What somebody typed as clean markup: empty lines part paragraphs, `- ` and `1. ` begin lists, `# ` a heading.

    Text that holds block tags is markup already and is only cleaned.
    """
    typed = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _HAS_BLOCK.search(typed):
        typed = clean(typed)
        if _HAS_BLOCK.search(typed):
            return typed
    blocks = (block.strip() for block in re.split(r"\n\s*\n", typed))
    return clean("\n".join(_block(block) for block in blocks if block))


def _block(block: str) -> str:
    lines = [line.strip() for line in block.split("\n")]
    for tag, mark in (("ul", _BULLET), ("ol", _NUMBER)):
        if all(mark.match(line) for line in lines):
            return f"<{tag}>" + "".join(f"<li>{mark.sub('', line, count=1)}</li>" for line in lines) + f"</{tag}>"
    if len(lines) == 1 and lines[0].startswith("# "):
        return f"<h3>{lines[0][2:]}</h3>"
    return "<p>" + "<br>".join(lines) + "</p>"


def to_typed(markup: str) -> str:
    """The markup as it would be typed, where nothing is lost by that; else the markup itself."""
    typed = "\n\n".join(_typed(found) for found in _SIMPLE.finditer(markup))
    return typed if from_typed(typed) == markup else markup


def _typed(found: re.Match[str]) -> str:
    if found["p"] is not None:
        return found["p"].replace("<br>", "\n")
    if found["h3"] is not None:
        return f"# {found['h3']}"
    items = _ITEM.findall(found["items"])
    if found["list"] == "ol":
        return "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
    return "\n".join(f"- {item}" for item in items)
