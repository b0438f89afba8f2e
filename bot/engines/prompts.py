"""Prompts as files: Markdown with front matter, cut into named blocks, checked before first use.

A prompt is `prompts/<id>.md`: YAML front matter (`Head`), then blocks, each under a level-one
heading that is its name. Templates are ours and trusted, yet rendered in a sandbox; what a person
wrote is only ever a value, so braces in it stay braces. Data files (YAML or TOML) lie beside the
prompts and are read by the same library.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, ConfigDict, PositiveInt, TypeAdapter, ValidationError

from bot.errors import PromptError

Blocks = Mapping[str, frozenset[str]]
"""What the code will render: the name of each block, and the fields it supplies to it."""

Effort = Literal["low", "medium", "high", "xhigh", "max"]
T = TypeVar("T")

_FRONT = re.compile(r"\A---\n(?P<head>.*?\n)---\n", re.DOTALL)
_HEADING = re.compile(r"^# (?P<name>[a-z_]+)[ ]*\n", re.MULTILINE)
# LibYAML where the wheel brings it: ten times as fast, which a start feels.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_JINJA = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True)


class Head(BaseModel):
    """The front matter of a prompt. `fields` lists every placeholder of every block."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    version: PositiveInt
    purpose: str
    max_tokens: PositiveInt
    effort: Effort | None = None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt that passed every check. `stamp` is kept with whatever it made."""

    head: Head
    stamp: str
    blocks: Mapping[str, Template]

    def render(self, block: str, /, **fields: str) -> str:
        """One block, filled in. Half an emoji, which no request can hold, is left out."""
        whole = {name: said.encode("utf-8", "ignore").decode() for name, said in fields.items()}
        return self.blocks[block].render(whole).strip()


@dataclass(frozen=True, slots=True)
class PromptLibrary:
    """The folder of prompts and their data files."""

    folder: Path

    def prompt(self, id: str, blocks: Blocks) -> Prompt:
        """The prompt `id` of exactly `blocks`. PromptError names the file and what is wrong."""
        path = self.folder / f"{id}.md"
        text = _read(path)
        front = _FRONT.match(text)
        if front is None:
            raise PromptError(f"{path}:1: front matter between two lines of --- is missing")
        head = _checked(path, _yaml(path, front["head"], first_line=2), Head)
        if head.id != id:
            raise PromptError(f"{path}: its id is {head.id!r}, the file name says {id!r}")
        sources = _cut(path, text, front.end())
        _check_names(path, sources, blocks)
        _check_declared(path, head, blocks)
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        templates = {
            name: _template(path, name, source, line, blocks[name])
            for name, (source, line) in sources.items()
        }
        return Prompt(head, f"{id}@{head.version}+{digest}", templates)

    def data(self, name: str, shape: type[T]) -> T:
        """The data file `name` (.yaml or .toml) as `shape`, which pydantic checks."""
        path = self.folder / name
        text = _read(path)
        return _checked(
            path, _toml(path, text) if path.suffix == ".toml" else _yaml(path, text), shape
        )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as exc:
        raise PromptError(f"{path}: cannot be read ({exc.strerror})") from exc
    except UnicodeDecodeError as exc:
        raise PromptError(f"{path}: is not UTF-8 text (byte {exc.start})") from exc


def _yaml(path: Path, text: str, *, first_line: int = 1) -> object:
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as exc:
        line = first_line + (exc.problem_mark.line if exc.problem_mark else 0)
        raise PromptError(f"{path}:{line}: not YAML: {exc.problem}") from exc
    except yaml.YAMLError as exc:
        raise PromptError(f"{path}: not YAML: {' '.join(str(exc).split())}") from exc


def _toml(path: Path, text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise PromptError(f"{path}: not TOML: {exc}") from exc


def _checked(path: Path, value: object, shape: type[T]) -> T:
    try:
        return TypeAdapter(shape).validate_python(value)
    except ValidationError as exc:
        first = exc.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise PromptError(f"{path}: {where}: {first['msg']}") from exc


def _cut(path: Path, text: str, start: int) -> dict[str, tuple[str, int]]:
    """The blocks by name: their source and the line it starts on."""
    headings = list(_HEADING.finditer(text, start))
    first = headings[0].start() if headings else len(text)
    if text[start:first].strip():
        line = text.count("\n", 0, start) + 1
        raise PromptError(f"{path}:{line}: text before the first block (a heading such as # rules)")
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    return {
        heading["name"]: (text[heading.end() : end], text.count("\n", 0, heading.end()) + 1)
        for heading, end in zip(headings, ends, strict=True)
    }


def _check_names(path: Path, sources: Mapping[str, object], blocks: Blocks) -> None:
    if missing := sorted(blocks.keys() - sources.keys()):
        raise PromptError(f"{path}: the block '# {missing[0]}' is missing")
    if unknown := sorted(sources.keys() - blocks.keys()):
        raise PromptError(f"{path}: the code has no use for the block '# {unknown[0]}'")


def _check_declared(path: Path, head: Head, blocks: Blocks) -> None:
    supplied = frozenset[str]().union(*blocks.values())
    if unknown := sorted(set(head.fields) - supplied):
        raise PromptError(f"{path}: fields: the code does not supply {unknown[0]!r}")
    if missing := sorted(supplied - set(head.fields)):
        raise PromptError(f"{path}: fields: {missing[0]!r} is not listed")


def _template(path: Path, block: str, source: str, line: int, supplied: frozenset[str]) -> Template:
    try:
        tree = _JINJA.parse(source)
        _check_fields(path, block, tree, line, supplied)
        template = _JINJA.from_string(source)
        template.render(dict.fromkeys(supplied, "x"))  # shows what only rendering can
    except TemplateSyntaxError as exc:
        raise PromptError(f"{path}:{line + exc.lineno - 1}: # {block}: {exc.message}") from exc
    except (TemplateError, TypeError, ValueError, ArithmeticError) as exc:
        raise PromptError(f"{path}:{line - 1}: # {block} cannot be rendered: {exc}") from exc
    return template


def _check_fields(
    path: Path, block: str, tree: nodes.Template, line: int, supplied: frozenset[str]
) -> None:
    asked = meta.find_undeclared_variables(tree)
    if unknown := asked - supplied:
        first = min(
            (node for node in tree.find_all(nodes.Name) if node.name in unknown),
            key=lambda node: node.lineno,
        )
        at = line + first.lineno - 1
        raise PromptError(
            f"{path}:{at}: # {block}: the code does not supply {{{{ {first.name} }}}}"
        )
    if unused := sorted(supplied - asked):
        raise PromptError(f"{path}:{line - 1}: # {block} never uses {{{{ {unused[0]} }}}}")
