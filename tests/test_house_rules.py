"""What holds for the whole project: its tree, its notebooks, its public names, its environment."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jupytext
import pytest
import yaml

import efficiency
from efficiency import tables
from efficiency.reviews.definitions import TABLES, WRITTEN

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "efficiency"
MODULES = sorted(path for path in SRC.rglob("*.py") if path.name != "__init__.py")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
TREE = ast.parse((SRC / "__init__.py").read_text(encoding="utf-8"))
#: A room with more modules than this is two.
MOST_MODULES = 13
#: What conda has; pm4py is not on conda-forge, and what goes with it comes by pip too.
CONDA = ["python", "pandas", "scipy", "matplotlib", "seaborn", "jupyterlab"]
HEAVY = {
    "pm4py", "pyspark", "matplotlib", "seaborn", "pandas", "numpy", "pyarrow", "scipy", "duckdb",
    "ibis", "sklearn", "simpy", "networkx", "lxml", "openpyxl", "pydantic", "pygraphviz", "jinja2",
}  # fmt: skip


# --- the tree


def test_every_module_has_its_mirrored_test() -> None:
    """But words and messages, which one test each holds against one another."""
    without = [
        module.relative_to(SRC).as_posix()
        for module in MODULES
        if module.parent.name not in {"words", "messages"}
        and not (
            ROOT / "tests" / module.relative_to(SRC).with_name(f"test_{module.name}")
        ).is_file()
    ]
    assert not without


def test_every_module_says_what_it_answers() -> None:
    """In its first line, which ends in a full stop."""
    for module in MODULES:
        told = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
        assert told, module
        assert told.split("\n")[0].endswith("."), module


def test_docstrings_open_with_what_the_value_is() -> None:
    giving = [
        f"{module.relative_to(SRC)}: {ast.get_docstring(node)}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and (ast.get_docstring(node) or "").startswith("Give ")
    ]
    assert not giving


def test_a_room_holds_about_a_dozen_modules() -> None:
    rooms: dict[Path, int] = {}
    for module in MODULES:
        rooms[module.parent] = rooms.get(module.parent, 0) + 1
    assert max(rooms.values()) <= MOST_MODULES, {
        room.relative_to(SRC).as_posix(): n for room, n in rooms.items() if n > MOST_MODULES
    }


def test_no_two_modules_share_a_name() -> None:
    names = [module.name for module in MODULES]
    assert len(set(names)) == len(names), sorted({n for n in names if names.count(n) > 1})


def test_a_language_is_chosen_in_one_place() -> None:
    chosen = re.compile(r"""[!=]= ?["'](?:zh|en)["']""")
    found = [
        module.relative_to(SRC).as_posix()
        for module in MODULES
        if module.name != "language.py" and chosen.search(module.read_text(encoding="utf-8"))
    ]
    assert not found


# --- the tables


def test_every_table_that_is_written_has_a_contract() -> None:
    """Whose span and row are said; and each can be computed by its name, but points' own."""
    for file, (name, _) in WRITTEN.items():
        contract = getattr(tables, name.upper())
        assert contract.row, file
        assert name in TABLES, file
    assert tables.MEASURES.of_log is tables.POINTS.of_log is False


def test_every_table_of_a_study_has_a_contract() -> None:
    assert {name for name in TABLES if not hasattr(tables, name.upper())} == set()


# --- the public names


def assigned(name: str) -> ast.expr:
    """What is assigned to a name in the package's own file."""
    for node in TREE.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return node.value
    raise AssertionError(name)


def test_the_public_names_are_sorted_and_each_has_a_place() -> None:
    """About fifty; what is rarer stands in three namespaces."""
    names = ast.literal_eval(assigned("__all__"))
    places = ast.literal_eval(assigned("_PLACES"))
    rooms = ast.literal_eval(assigned("_NAMESPACES"))
    assert names == sorted(names)
    assert names == sorted([*places, *rooms])
    assert dir(efficiency) == names == efficiency.__all__
    assert len(names) <= 61


def test_type_checkers_see_the_same_names_in_the_same_places() -> None:
    (block,) = (node for node in TREE.body if isinstance(node, ast.If))
    assert isinstance(block.test, ast.Name)
    assert block.test.id == "TYPE_CHECKING"
    seen = {
        alias.asname or alias.name: (node.module or "").removeprefix("efficiency.")
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    rooms = ast.literal_eval(assigned("_NAMESPACES"))
    assert seen.keys() - rooms.keys() == ast.literal_eval(assigned("_PLACES")).keys()
    assert {n: seen[n] for n in seen.keys() - rooms.keys()} == ast.literal_eval(assigned("_PLACES"))


@pytest.mark.parametrize("room", ["control", "plot", "what_if"])
def test_a_namespace_holds_what_it_says(room: str) -> None:
    held = getattr(efficiency, room)
    assert dir(held) == sorted(held.__all__)
    for name in held.__all__:
        assert callable(getattr(held, name)), name
        assert getattr(held, name).__doc__, name


def test_every_public_name_can_be_imported() -> None:
    """Each is a thing of that name with a docstring, and not a module."""
    for name in efficiency.__all__:
        value = getattr(efficiency, name)
        assert value.__doc__
        if name not in ast.literal_eval(assigned("_NAMESPACES")):
            assert callable(value), name
            assert value.__name__ == name


def test_a_function_is_not_hidden_by_the_module_of_its_name() -> None:
    code = "import efficiency.reviews.carry_out, efficiency; print(callable(efficiency.review))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "True"


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'read_everything'"):
        _ = efficiency.read_everything


def test_importing_costs_nothing() -> None:
    """Less than a second, and nothing heavy comes along."""
    code = (
        "import sys, time; begun = time.perf_counter(); import efficiency; "
        "print(time.perf_counter() - begun, *sys.modules)"
    )
    took = []
    for _ in range(3):
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        seconds, *modules = ran.stdout.split()
        took.append(float(seconds))
        assert not HEAVY & {name.partition(".")[0] for name in modules}
    assert min(took) < 1


# --- the notebooks


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_defines_nothing_and_leaves_pm4py_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    plain = re.sub(r"^%.*$", "", text, flags=re.MULTILINE)
    for node in ast.walk(ast.parse(plain)):
        assert not isinstance(node, kinds[:3])
        if isinstance(node, ast.Import):
            assert not [a for a in node.names if a.name.partition(".")[0] == "pm4py"]
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] != "pm4py"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_its_twin(path: Path) -> None:
    """The .ipynb follows the .py; its outputs are held against a run in test_notebooks."""
    leads, follows = (jupytext.read(path.with_suffix(end)) for end in (".py", ".ipynb"))
    cells = [[(cell.cell_type, cell.source) for cell in book.cells] for book in (leads, follows)]
    assert cells[0] == cells[1]


def test_there_are_notebooks_and_no_stray_twins() -> None:
    assert NOTEBOOKS
    twins = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert twins == {path.stem for path in NOTEBOOKS}


# --- the environment


def project() -> dict[str, str]:
    """What the package depends on, by name: the specifier."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {"python": settings["requires-python"]}
    for line in settings["dependencies"]:
        name, specifier = parted(line)
        wanted[name] = specifier
    return wanted


def parted(requirement: str) -> tuple[str, str]:
    match = re.fullmatch(r"([A-Za-z0-9._-]+(?:\[[\w,]+\])?)\s*(.*)", requirement)
    assert match, requirement
    return match[1], match[2]


def test_the_conda_environment_agrees_with_the_project() -> None:
    """The same packages with the same bounds; the order is that of the project."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, pip = environment["dependencies"]
    assert conda.pop() == "pip"
    assert pip["pip"].pop() == "-e ."
    wanted = project()
    assert dict(map(parted, conda)) == {name: wanted[name] for name in CONDA}
    others = {name: bounds for name, bounds in wanted.items() if name not in CONDA}
    assert dict(map(parted, pip["pip"])) == others
    assert [parted(line)[0] for line in conda] == CONDA
    assert environment["channels"] == ["conda-forge"]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-spark.lock"])
def test_a_lock_holds_names_versions_and_hashes_only(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=sha256:[0-9a-f]{64}\b)", text, flags=re.MULTILINE)
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[\w,]+\])?==\S+( ; [^\\]+)? \\\n {4}--hash", entry), (
            entry
        )
    locked = {parted(entry.split("==")[0])[0].partition("[")[0] for entry in entries}
    wanted = {name.partition("[")[0] for name in project()} - {"python"}
    assert wanted <= locked


def tracked() -> list[Path]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True, cwd=ROOT)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_file_names_a_package_index_or_a_place_of_one_machine() -> None:
    """The patterns are put together here, so that they do not find themselves."""
    hosts = [
        "py" + "pi.org",
        "python" + "hosted.org",
        "registry.npm" + "js.org",
        "conda.ana" + "conda",
    ]
    places = ["/wo" + "rk/", "/fa" + "rm/", "/ho" + r"me/\w", "/ro" + r"ot/\w", "/Us" + r"ers/\w"]
    pattern = re.compile("|".join([*map(re.escape, hosts), *places]))
    found = []
    for path in tracked():
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert not found


def test_nothing_that_is_made_or_secret_is_tracked() -> None:
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        assert not re.match(r"analysis/[^/]+/output", name)
        assert not name.endswith((".key", ".pyc"))


# --- the front page


def test_the_example_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    if not text:
        pytest.skip("README.md is still empty")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert blocks
    monkeypatch.chdir(ROOT)
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_what_the_readme_leads_to_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://|#)([^)]+)\)", text):
        assert (ROOT / target).exists(), target


def test_the_targets_that_the_readme_names_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE))
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, flags=re.MULTILINE))
    assert named <= targets
