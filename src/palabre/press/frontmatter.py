"""The YAML at the head of an article file, read into checked values; every fault has a line and a reason.

The YAML is composed into nodes and never constructed into Python objects: tags, anchors and deep nesting are
refused before anything is built, and each node still knows its line.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

import yaml
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise  # known to the stubs only

MAX_HEAD = 32_000  # characters of YAML; a long provenance takes two thousand
MAX_DEPTH = 5
MAX_ITEMS = 100
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}")
MEDIA_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
# Control characters, and the marks that turn the direction of the text around them (Unicode TR36).
HOSTILE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*")
SCALARS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp")}

Reason: TypeAlias = "str | _StrPromise"


@dataclass(frozen=True)
class Fault:
    """Something wrong in an article file: its line (from 1) and the reason, translated when shown."""

    line: int
    reason: Reason


class FrontMatterError(ValueError):
    """An article file that cannot be read; ``faults`` has at least one."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"line {fault.line}" for fault in faults))
        self.faults = faults


Reader: TypeAlias = "Callable[[Node], Any]"


@dataclass(frozen=True)
class Field:
    """What a key may hold: ``read`` turns its node into a value or raises FrontMatterError."""

    read: Reader
    required: bool = False


Spec: TypeAlias = "Mapping[str, Field]"
_FAULTY = object()  # stands for a value whose fault has been told, so that it is not called missing too


def wrong(node: Node, reason: Reason, **words: Any) -> FrontMatterError:
    """The fault at ``node``'s line, with ``words`` put into the reason."""
    return FrontMatterError(Fault(node.start_mark.line + 1, format_lazy(reason, **words) if words else reason))


class _Composer(yaml.SafeLoader):
    """YAML as nodes, without what an article never needs and an attacker does: tags, aliases, deep nesting."""

    depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML's stubs leave it open
        self.depth += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) is not None:
            raise FrontMatterError(Fault(event.start_mark.line + 1, _("Tags, anchors and aliases are not read here.")))
        if self.depth > MAX_DEPTH:
            raise FrontMatterError(Fault(event.start_mark.line + 1, _("This is nested too deep.")))
        node: Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def split(text: str) -> tuple[str, str, int]:
    """Part a file into its YAML, its body and the number of lines before the body.

    The YAML keeps the line numbers of the file: its first line is the (blanked) ``---``.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != "---":
        raise FrontMatterError(Fault(1, _("The file must begin with a line of three hyphens (---).")))
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            # YAML 1.1 would count these three as ends of lines, and no editor does.
            top = re.sub("[\x85\u2028\u2029]", " ", "\n".join(["", *lines[1:number], ""]))
            return top, "\n".join(lines[number + 1 :]), number + 1
    raise FrontMatterError(Fault(1, _("The head has no end: close it with a line of three hyphens (---).")))


def compose(head: str) -> MappingNode:
    """The YAML ``head`` as a mapping of nodes."""
    if len(head) > MAX_HEAD:
        raise FrontMatterError(Fault(1, format_lazy(_("The head is longer than {limit} characters."), limit=MAX_HEAD)))
    try:
        loader = _Composer(head)
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        raise FrontMatterError(Fault(line, format_lazy(_("This is not YAML: {why}."), why=error.problem))) from None
    except yaml.reader.ReaderError as error:
        line = head.count("\n", 0, error.position) + 1
        raise FrontMatterError(Fault(line, _("A control character stands here."))) from None
    if not isinstance(root, MappingNode):
        raise FrontMatterError(Fault(2, _("The head must be lines of the form “key: value”.")))
    return root


def read(node: Node, spec: Spec) -> dict[str, Any]:
    """The values of a mapping ``node``, checked by ``spec``; all its faults are raised together.

    A key that is absent or empty is absent from the result.
    """
    if not isinstance(node, MappingNode) or node.tag != "tag:yaml.org,2002:map":
        raise wrong(node, _("Lines of the form “key: value” are expected here."))
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for key, value in node.value:
        try:
            name = _name(key, spec, values)
            values[name] = None if _is_null(value) else spec[name].read(value)
        except FrontMatterError as error:
            faults.extend(error.faults)
            values.setdefault(str(key.value), _FAULTY)
    faults.extend(_missing(node, spec, values))
    if faults:
        raise FrontMatterError(*sorted(faults, key=lambda fault: fault.line))
    return {name: value for name, value in values.items() if value is not None}


def _name(key: Node, spec: Spec, before: Mapping[str, Any]) -> str:
    name = key.value if isinstance(key, ScalarNode) else ""
    if name not in spec:
        raise wrong(key, _("There is no key “{name}”; {cure}"), name=name[:60], cure=_nearest(name, spec))
    if name in before:
        raise wrong(key, _("The key “{name}” is here twice."), name=name)
    return name


def _nearest(name: str, spec: Spec) -> Reason:
    near = difflib.get_close_matches(name.lower(), list(spec), n=1, cutoff=0.5)
    if near:
        return format_lazy(_("did you mean “{name}”?"), name=near[0])
    return format_lazy(_("the keys are: {names}."), names=", ".join(spec))


def _missing(node: MappingNode, spec: Spec, values: Mapping[str, Any]) -> Iterator[Fault]:
    for name, field in spec.items():
        if field.required and values.get(name) is None:
            line = next((key for key, _value in node.value if key.value == name), node).start_mark.line + 1
            yield Fault(line, format_lazy(_("The key “{name}” is missing."), name=name))


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _scalar(node: Node) -> str:
    if not isinstance(node, ScalarNode) or node.tag not in SCALARS:
        raise wrong(node, _("One plain value is expected here."))
    return str(node.value)


def text(limit: int) -> Reader:
    """A line of text of at most ``limit`` characters, taken as written (``1984`` and ``no`` are text too)."""

    def read_text(node: Node) -> str:
        value = " ".join(_scalar(node).split())
        if HOSTILE.search(value):
            raise wrong(node, _("A control or direction character stands in this text."))
        if BLANK.fullmatch(value):
            raise wrong(node, _("This text is empty."))
        if len(value) > limit:
            raise wrong(node, _("This text is longer than {limit} characters."), limit=limit)
        return value

    return read_text


def url(node: Node) -> str:
    """An absolute http or https address, without a password in it."""
    value = _scalar(node).strip()
    if len(value) > 2000 or re.search(r"[\s<>\"\\^`{|}]", value) or HOSTILE.search(value) or not _is_web(value):
        raise wrong(node, _("An address is written https://example.org/page (http or https only)."))
    return value


def _is_web(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def day(node: Node) -> dt.date:
    """A date (``2025-12-02``), or a date and time with its offset."""
    try:
        value = _timestamp(node)
    except (ValueError, OverflowError):
        value = None
    if not isinstance(value, dt.date) or value.year < 1000:
        raise wrong(node, _("A date is written 2025-12-02, or 2025-12-02T14:05:00+01:00 with a time."))
    return value


def _timestamp(node: Node) -> object:
    if not isinstance(node, ScalarNode) or node.tag != "tag:yaml.org,2002:timestamp":
        return None
    return yaml.SafeLoader("").construct_yaml_timestamp(node)


def language(node: Node) -> str:
    """A language tag such as ``fr`` or ``pt-BR`` (BCP 47), in its usual case."""
    value = _scalar(node).strip()
    if not LANGUAGE.fullmatch(value):
        raise wrong(node, _("A language is written by its code: fr, en, pt-BR."))
    head, *rest = value.split("-")
    return "-".join([head.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def truth(node: Node) -> bool:
    """``true`` or ``false`` (also ``yes`` and ``no``)."""
    if node.tag != "tag:yaml.org,2002:bool":
        raise wrong(node, _("Write true or false here."))
    return bool(yaml.SafeLoader.bool_values[str(node.value).lower()])


def media_file(node: Node) -> str:
    """The name of a picture in the site's media folder: a plain name, no path."""
    value = _scalar(node).strip()
    if not MEDIA_FILE.fullmatch(value) or ".." in value:
        raise wrong(node, _("Name a picture of the media folder, without a path: tram.jpg, .png, .svg, .webp or .gif."))
    return value


def group(spec: Spec, build: Callable[..., Any]) -> Reader:
    """A mapping read by ``spec`` and handed to ``build`` by keyword."""
    return lambda node: build(**read(node, spec))


def many(item: Reader) -> Reader:
    """A list whose items are read by ``item``, as a tuple."""

    def read_many(node: Node) -> tuple[Any, ...]:
        if not isinstance(node, SequenceNode) or node.tag != "tag:yaml.org,2002:seq":
            raise wrong(node, _("A list is expected here: lines that begin with a hyphen."))
        if len(node.value) > MAX_ITEMS:
            raise wrong(node, _("There are more than {limit} items here."), limit=MAX_ITEMS)
        return _each(node.value, item)

    return read_many


def _each(nodes: list[Node], item: Reader) -> tuple[Any, ...]:
    values: list[Any] = []
    faults: list[Fault] = []
    for node in nodes:
        try:
            values.append(item(node))
        except FrontMatterError as error:
            faults.extend(error.faults)
    if faults:
        raise FrontMatterError(*faults)
    return tuple(values)
