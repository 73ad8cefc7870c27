"""
Every notebook runs from its .py, and its .ipynb shows what it gives.

``python tests/test_notebooks.py [NAME …]``, or these tests with ``EFFICIENCY_RENEW=1``, run them
and write each .ipynb with its outputs. Texts and tables are compared with the stored ones;
pictures, which differ by a hair between machines, are stored and not compared.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import jupytext
import nbclient
import nbformat
import pytest
from jupyter_client import KernelManager

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
ANNUAL = ROOT / "notebooks" / "08_annual_report.py"
#: What a run needs: Chinese heads, pictures as PNG, and no remarks of the debugger.
ENVIRONMENT = {
    "EFFICIENCY_LANGUAGE": "zh",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "JUPYTER_PLATFORM_DIRS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
RENEW = bool(os.environ.get("EFFICIENCY_RENEW"))
#: Bytes of one .ipynb, and of all together.
MOST, MOST_OF_ALL = 1_000_000, 5_000_000
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
PICTURES = ("image/png", "image/svg+xml")


def written(path: Path) -> nbformat.NotebookNode:
    """A notebook as its .py has it; its cells are numbered, so that they keep their ids."""
    book = jupytext.read(path)
    for number, cell in enumerate(book.cells, 1):
        cell["id"] = f"cell-{number:02}"
    book.metadata["kernelspec"] = KERNEL
    book.metadata["jupytext"] = {"formats": "ipynb,py:percent"}
    book.nbformat, book.nbformat_minor = 4, 5
    return book


def run(
    book: nbformat.NotebookNode, folder: Path, kernel: KernelManager | None = None
) -> nbformat.NotebookNode:
    """Execute a notebook in a folder, and leave out of it what differs from run to run."""
    client = nbclient.NotebookClient(
        book,
        km=kernel,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": folder}},
    )
    try:
        client.execute()
    finally:
        if kernel is not None:
            client.kc.stop_channels()
    book.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("metadata", {}).clear()
            if "data" in output:
                output["data"] = steady(output["data"], cell["id"])
    return book


def steady(data: dict[str, str], cell: str) -> dict[str, str]:
    """An output without addresses in memory, and with ids of tables that stay."""
    rich = [kind for kind in ("text/html", "text/markdown", *PICTURES) if kind in data]
    kept = {kind: text for kind, text in data.items() if not rich or kind != "text/plain"}
    if "text/html" in kept:
        kept["text/html"] = re.sub(r"\bT_[0-9a-f]{5,}(?=[_\" ])", f"T_{cell}", kept["text/html"])
    return kept


def texts(book: nbformat.NotebookNode) -> list[tuple[str, str]]:
    """What can be compared between machines: texts and tables, but not drawings."""
    found = []
    for cell in book.cells:
        for output in cell.get("outputs", []):
            told = {"text": output["text"]} if "text" in output else output.get("data", {})
            found += [
                (cell["id"], text)
                for kind, text in told.items()
                if kind.startswith("text") and "<iframe" not in text and "<svg" not in text
            ]
    return found


def streams(book: nbformat.NotebookNode) -> list[str]:
    """What was written to the error stream."""
    every = [output for cell in book.cells for output in cell.get("outputs", [])]
    return [one["text"] for one in every if one.get("name") == "stderr"]


def renew(path: Path) -> nbformat.NotebookNode:
    """Run a notebook and write its .ipynb."""
    book = run(written(path), path.parent)
    nbformat.write(book, path.with_suffix(".ipynb"))
    return book


def stored(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path.with_suffix(".ipynb"), as_version=4)


def plain(cell: nbformat.NotebookNode) -> tuple[str, str, list[str]]:
    return cell["cell_type"], cell["source"], cell["metadata"].get("tags", [])


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


# --- what they give


@pytest.fixture(scope="module")
def kernel() -> Iterator[KernelManager]:
    """One kernel for all notebooks: to import everything takes each of them many seconds."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        manager = KernelManager(kernel_name="python3")
        manager.start_kernel(cwd=ROOT / "notebooks")
    try:
        yield manager
    finally:
        manager.shutdown_kernel(now=True)


def emptied(book: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A notebook that forgets before its first cell what ran in the kernel before it."""
    first = nbformat.v4.new_code_cell("%reset -f\nimport gc; gc.collect();")
    book.cells.insert(0, first)
    return book


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("default")
def test_a_notebook_gives_what_is_stored(path, kernel):
    book = renew(path) if RENEW else run(emptied(written(path)), path.parent, kernel)
    assert not streams(book)
    assert texts(book) == texts(stored(path))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_the_year_s_report_takes_another_folder_and_language(tmp_path):
    """As papermill would: a cell of assignments behind the one that is tagged."""
    folder = small_review(tmp_path)
    book = written(ANNUAL)
    (at,) = [n for n, cell in enumerate(book.cells) if "parameters" in plain(cell)[2]]
    given = nbformat.v4.new_code_cell(f"folder, language = {str(folder)!r}, 'en'")
    book.cells.insert(at + 1, given)
    before = sorted(tmp_path.rglob("*"))
    run(book, ANNUAL.parent)
    assert not streams(book)
    told = "".join(text for _, text in texts(book))
    assert "Three months" in told
    assert ">cases<" in told
    assert sorted(tmp_path.rglob("*")) == before


def small_review(folder: Path) -> Path:
    """A review of a few months of the sample, with no rules and no improvement points."""
    sample = ROOT / "data" / "sample"
    for name in ("calendar.toml", "standards.csv", "incoming.csv"):
        shutil.copy(sample / name, folder / name)
    text = (ROOT / "analysis" / "sample-review" / "review.toml").read_text(encoding="utf-8")
    columns = text[text.index("[logs.incoming.columns]") : text.index("[logs.decisions]")]
    settings = """\
title = "Three months"
language = "en"
cutoff = 2023-04-30T18:00:00
period = ["2023-01-01", "2023-03-31"]
calendar = "calendar.toml"
standards = "standards.csv"

[logs.incoming]
path = "incoming.csv"
closed_by = ["归档", "退文"]
"""
    (folder / "review.toml").write_text(settings + columns, encoding="utf-8")
    return folder


# --- what is stored


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_ipynb_has_the_cells_of_its_py_and_their_outputs(path):
    leads, follows = written(path), stored(path)
    assert [plain(cell) for cell in follows.cells] == [plain(cell) for cell in leads.cells]
    assert [cell["id"] for cell in follows.cells] == [cell["id"] for cell in leads.cells]
    code = [cell for cell in follows.cells if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    kinds = {kind for cell in code for one in cell["outputs"] for kind in one.get("data", {})}
    assert "text/html" in kinds
    assert kinds.intersection(PICTURES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_ipynb_is_the_same_from_run_to_run_and_small(path):
    text = path.with_suffix(".ipynb").read_text(encoding="utf-8")
    assert not re.search(r"\bT_[0-9a-f]{5}\b| at 0x[0-9a-f]+>", text)
    assert str(ROOT) not in text
    assert not streams(stored(path))
    nbformat.validate(stored(path))
    assert len(text.encode()) < MOST


def test_the_notebooks_together_are_small():
    assert sum(one.with_suffix(".ipynb").stat().st_size for one in NOTEBOOKS) < MOST_OF_ALL


# --- how they are written


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_in_prose_and_captions_its_pictures(path):
    """Figures are numbered from 1, and each caption says how many and where from."""
    cells = written(path).cells
    assert cells[0]["cell_type"] == "markdown"
    prose = "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "markdown")
    captions = re.findall(r"^\*\*图(\d+)\*\*.*", prose, flags=re.MULTILINE)
    assert captions == [str(number) for number in range(1, len(captions) + 1)]
    drawn = sum(
        any(kind in one.get("data", {}) for kind in PICTURES)
        for cell in stored(path).cells
        for one in cell.get("outputs", [])
    )
    assert len(captions) >= drawn > 0
    for caption in re.findall(r"^\*\*图\d+\*\*.*(?:\n.+)*", prose, flags=re.MULTILINE):
        assert "来源" in caption, caption


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_asks_one_study_by_public_names(path):
    """Nothing is imported from inside the package, and the study is opened once."""
    code = "\n".join(cell["source"] for cell in written(path).cells if cell["cell_type"] == "code")
    tree = ast.parse(code)
    deep = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [node.module for node in deep if (node.module or "").startswith("efficiency")]
    assert code.count("eff.study(") + code.count("eff.open_review(") == 1


def test_the_parameters_of_the_year_s_report_are_plain_values():
    (cell,) = [cell for cell in written(ANNUAL).cells if "parameters" in plain(cell)[2]]
    given = ast.parse(cell["source"]).body
    assert all(isinstance(node, ast.Assign) for node in given)
    assert all(isinstance(ast.literal_eval(node.value), str) for node in given)


if __name__ == "__main__":
    os.environ.update(ENVIRONMENT)
    for one in [path for path in NOTEBOOKS if path.stem in sys.argv[1:] or not sys.argv[1:]]:
        renew(one)
