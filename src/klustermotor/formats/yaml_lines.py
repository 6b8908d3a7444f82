"""YAML as plain values that remember the line each stands on.

Every scalar is read as the text that was written, but for an unquoted ``true`` or ``false`` and
for nothing at all. So ``no`` is a code and not a boolean, and ``01`` keeps its nought.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import yaml

from klustermotor.formats.errors import Fault, InputError, fail, fault

Path = tuple[str | int, ...]
MOST_NODES = 200_000
"""A questionnaire has a few thousand; a file whose aliases unfold beyond this is refused."""


@dataclass(frozen=True)
class Placed:
    """A YAML document as dicts, lists and scalars, with the line of every path into it."""

    name: str
    value: object
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of the nearest thing at or above `path`."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_placed(text: str, name: str) -> Placed:
    """The document in `text`. Raises InputError for broken YAML and for a key given twice."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise fail("yaml_syntax", name, line=line, reason=error.problem or "") from error
    except yaml.YAMLError as error:
        raise fail("yaml_syntax", name, line=1, reason=str(error)) from error
    except RecursionError as error:
        raise fail("yaml_too_large", name) from error
    if node is None:
        raise fail("empty_file", name)
    walk = _Walk(name)
    value = walk.value(node, ())
    if walk.faults:
        raise InputError(walk.faults)
    return Placed(name, value, walk.lines)


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """The C scanner where PyYAML was built with it: ten times as fast."""


class _Walk:
    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []

    def value(self, node: yaml.Node, path: Path) -> object:
        if len(self.lines) > MOST_NODES or len(path) > 50:
            raise fail("yaml_too_large", self.name)
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
        return _scalar(cast(yaml.ScalarNode, node))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in found:
                self.faults.append(fault("yaml_key_twice", self.name, line=line, value=key))
            found[key] = self.value(value_node, (*path, key))
            self.lines[(*path, key)] = line
        return found


def _scalar(node: yaml.ScalarNode) -> str | bool | None:
    if not node.style:  # plain; the C loader says '' where the Python one says None
        if node.value in ("true", "false"):
            return bool(node.value == "true")
        if node.value in ("", "~", "null"):
            return None
    return str(node.value)
