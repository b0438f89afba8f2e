"""A prompt that cannot be used is found at start, by file and placeholder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.engines.briefs import check_prompts
from bot.engines.prompts import PromptLibrary
from bot.errors import PromptError

REPOSITORY = Path(__file__).parents[2]
BLOCKS = {"rules": frozenset({"schema"}), "task": frozenset({"seed"})}
GOOD = """---
id: ask
version: 3
purpose: For the tests.
max_tokens: 100
effort: low
fields: [schema, seed]
---

# rules

Keep to {{ schema }}.

## Not a block

# task

{% if seed %}
Look at {{ seed }}.
{% endif %}
"""

Library = Callable[[str], PromptLibrary]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    def write(text: str) -> PromptLibrary:
        (tmp_path / "ask.md").write_text(text, encoding="utf-8")
        return PromptLibrary(tmp_path)

    return write


def test_every_prompt_of_the_project_passes() -> None:
    check_prompts(PromptLibrary(REPOSITORY / "prompts"))


def test_blocks_are_rendered_with_the_fields_they_take(library: Library) -> None:
    prompt = library(GOOD).prompt("ask", BLOCKS)
    assert prompt.render("rules", schema="{}") == "Keep to {}.\n\n## Not a block"
    assert prompt.render("task", seed="捷運") == "Look at 捷運."
    assert (prompt.head.max_tokens, prompt.head.effort) == (100, "low")


def test_what_a_person_wrote_is_never_a_template(library: Library) -> None:
    prompt = library(GOOD).prompt("ask", BLOCKS)
    text = "{{ schema }} {% raw %} {# not gone #} <b>&amp;"
    assert prompt.render("task", seed=text) == f"Look at {text}."


def test_the_stamp_changes_with_every_letter_of_the_file(library: Library) -> None:
    before = library(GOOD).prompt("ask", BLOCKS).stamp
    after = library(GOOD.replace("Look", "Stare")).prompt("ask", BLOCKS).stamp
    assert before.startswith("ask@3+")
    assert len(before) == len("ask@3+") + 12
    assert before != after


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("Look at {{ seed }}", "Look at {{ mood }}", "ask.md:19: # task: the code does not supply"),
        ("Look at {{ seed }}", "Look at {{ mood }}", "{{ mood }}"),
        ("{{ schema }}", "nothing", "ask.md:10: # rules never uses {{ schema }}"),
        ("{{ schema }}", "{{ schema }} {{ seed }}", "# rules: the code does not supply {{ seed }}"),
        ("fields: [schema, seed]", "fields: [schema]", "'seed' is not listed"),
        ("[schema, seed]", "[schema, seed, mood]", "does not supply 'mood'"),
        ("{{ seed }}.", "{{ seed }.", "ask.md:19: # task: "),
        (
            "{{ seed }}.",
            "{{ seed | shout }}.",
            "# task cannot be rendered: No filter named 'shout'",
        ),
        ("{{ seed }}.", "{{ seed.mood.tone }}.", "# task cannot be rendered"),
        ("{{ seed }}.", "{{ seed }}{% include 'other' %}", "# task cannot be rendered"),
        ("id: ask", "id: other", "its id is 'other'"),
        ("version: 3", "version: three", "version: "),
        ("effort: low", "effort: heroic", "effort: "),
        ("effort: low", "mood: low", "mood: Extra inputs"),
        ("version: 3", "version: [", "ask.md:"),
        ("# task", "# chore", "the block '# task' is missing"),
        ("# task", "# more\n\n# task", "no use for the block '# more'"),
        ("# rules", "Hello.\n\n# rules", "text before the first block"),
        ("---\nid", "id", "front matter"),
    ],
)
def test_a_broken_prompt_is_named_with_what_is_wrong(
    library: Library, was: str, becomes: str, says: str
) -> None:
    assert was in GOOD
    with pytest.raises(PromptError) as caught:
        library(GOOD.replace(was, becomes, 1)).prompt("ask", BLOCKS)
    assert says in str(caught.value)
    assert "ask.md" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_prompt_is_named(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"ask\.md: cannot be read \(No such file"):
        PromptLibrary(tmp_path).prompt("ask", BLOCKS)


def test_a_prompt_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "ask.md").write_bytes(b"---\nid: \xff\n---\n")
    with pytest.raises(PromptError, match=r"ask\.md: is not UTF-8 text"):
        PromptLibrary(tmp_path).prompt("ask", BLOCKS)


def test_data_files_come_as_yaml_or_toml(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("en: [who]\n", encoding="utf-8")
    (tmp_path / "a.toml").write_text("en = ['who']\n", encoding="utf-8")
    library = PromptLibrary(tmp_path)
    assert library.data("a.yaml", dict[str, list[str]]) == {"en": ["who"]}
    assert library.data("a.toml", dict[str, list[str]]) == {"en": ["who"]}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.yaml", "en: [who\nzh: x", "a.yaml:2: not YAML"),
        ("a.yaml", "en: 3", "a.yaml: en: "),
        ("a.yaml", "\x00", "a.yaml: not YAML"),
        ("a.toml", "en = ", "a.toml: not TOML"),
    ],
)
def test_a_broken_data_file_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(PromptError) as caught:
        PromptLibrary(tmp_path).data(name, dict[str, list[str]])
    assert says in str(caught.value)


def test_a_lens_without_one_of_the_languages_is_named(tmp_path: Path) -> None:
    for file in (REPOSITORY / "prompts").iterdir():
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace("zh-Hans: 夜班护士,", ""), encoding="utf-8")
    with pytest.raises(PromptError, match=r"lenses\.yaml: 0\.label: .*zh-Hans"):
        check_prompts(PromptLibrary(tmp_path))
