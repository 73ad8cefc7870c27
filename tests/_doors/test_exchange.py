"""Writing into a folder: one at a time, all at once, whatever happens in between."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from efficiency._doors import exchange as door
from efficiency._doors.exchange import exchange, held, mend, partial, put, replaced, see_room
from efficiency.problems import SettingsError

#: Exchanges outputs of two files of one content, over and over.
WRITER = """
import sys
from pathlib import Path
from efficiency._doors import exchange as door
from efficiency._doors.exchange import exchange, held, partial, put
folder = Path(sys.argv[1])
if sys.argv[2] == "renames":
    door._swapped = lambda *_: False
print("ready", flush=True)
for number in range(10**6):
    with held(folder), partial(folder) as made:
        for name in ("a", "b"):
            put(made / name, str(number).encode() * 2000)
        exchange(made, folder / "output")
"""


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def wrong(caught: pytest.ExceptionInfo[SettingsError]) -> list[str]:
    return [problem.key for problem in caught.value.problems]


def fill(folder: Path, text: bytes = b"new") -> None:
    with held(folder), partial(folder) as made:
        put(made / "a", text)
        exchange(made, folder / "output")


def test_an_output_is_made_and_exchanged_and_nothing_is_left(tmp_path: Path) -> None:
    fill(tmp_path, b"first")
    fill(tmp_path, b"second")
    assert (tmp_path / "output" / "a").read_bytes() == b"second"
    assert left_in(tmp_path) == ["output"]


def test_it_is_exchanged_where_the_system_cannot_do_it_in_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "_swapped", lambda *_: False)
    fill(tmp_path, b"first")
    fill(tmp_path, b"second")
    assert (tmp_path / "output" / "a").read_bytes() == b"second"
    assert left_in(tmp_path) == ["output"]


def test_an_output_that_fails_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    fill(tmp_path, b"first")
    with held(tmp_path), pytest.raises(FileExistsError), partial(tmp_path) as made:  # noqa: PT012
        (made / "a").write_bytes(b"half")
        put(made / "a", b"half again")
    assert (tmp_path / "output" / "a").read_bytes() == b"first"
    assert left_in(tmp_path) == ["output"]


def test_the_second_is_told_who_is_at_work(tmp_path: Path) -> None:
    with held(tmp_path):
        with pytest.raises(SettingsError) as caught, held(tmp_path):
            pass
        assert wrong(caught) == ["held"]
        assert f":{os.getpid()} (" in caught.value.problems[0].text("en")
    with held(tmp_path):
        pass
    assert left_in(tmp_path) == []


@contextmanager
def writing(folder: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), how], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.mark.parametrize("how", ["exchange", "renames"])
def test_killed_at_any_moment_the_output_is_whole(tmp_path: Path, how: str) -> None:
    """Killed, then mended by the next command: one output, of one writing, and nothing else."""
    chance = random.Random(how)
    fill(tmp_path, b"first")
    for _ in range(12):
        with writing(tmp_path, how) as process:
            time.sleep(chance.uniform(0.0, 0.05))
            process.send_signal(signal.SIGKILL)
            process.wait()
        if how == "exchange":
            assert (tmp_path / "output").is_dir()
        mend(tmp_path)
        with held(tmp_path):
            pass
        assert left_in(tmp_path) == ["output"]
        contents = {path.read_bytes() for path in (tmp_path / "output").iterdir()}
        assert len(contents) == 1


def test_two_writers_take_turns_and_never_mix(tmp_path: Path) -> None:
    """Whoever comes second is told; what is there at any moment is of one of them."""
    fill(tmp_path, b"first")
    with writing(tmp_path, "exchange") as one, writing(tmp_path, "exchange") as other:
        end = time.monotonic() + 1.0
        while time.monotonic() < end:
            assert (tmp_path / "output").is_dir()
        # One of them met the other's lock and ended with an error.
        assert [process.poll() for process in (one, other)] != [None, None]


def test_links_are_never_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = tmp_path / "review"
    folder.mkdir()
    (folder / f"{door.PARTIAL}x").symlink_to(elsewhere)
    (folder / f"{door.OLD}x").symlink_to(elsewhere)
    mend(folder)
    fill(folder)
    assert list(elsewhere.iterdir()) == []
    (folder / "points.csv").symlink_to(elsewhere / "mine.csv")
    replaced(folder / "points.csv", b"x")
    assert not (folder / "points.csv").is_symlink()
    assert list(elsewhere.iterdir()) == []
    (folder / door.LOCK).symlink_to(elsewhere / "lock")
    with pytest.raises(SettingsError) as caught, held(folder):
        pass
    assert wrong(caught) == ["output_taken"]
    assert list(elsewhere.iterdir()) == []


def test_too_little_room_is_told_before_anything_is_computed(tmp_path: Path) -> None:
    """A limit on the size of files stands for a full disk, which a test cannot fill."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        with pytest.raises(SettingsError) as caught, partial(tmp_path) as made:
            see_room(made, tmp_path / "output")
        with pytest.raises(SettingsError) as again:
            replaced(tmp_path / "points.csv", b"x" * 2_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert wrong(caught) == wrong(again) == ["no_room"]
    assert "32 MB" in caught.value.problems[0].text("en")
    assert left_in(tmp_path) == []


def test_a_folder_that_is_closed_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught, held(tmp_path / "nowhere"):
        pass
    assert wrong(caught) == ["unwritable"]


def test_what_stands_in_its_place_has_the_usual_mode(tmp_path: Path) -> None:
    fill(tmp_path)
    replaced(tmp_path / "points.csv", b"x")
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "output").stat().st_mode & 0o777 == 0o777 & ~mask
    assert (tmp_path / "points.csv").stat().st_mode & 0o777 == 0o666 & ~mask
