"""What is written into a folder: by one process at a time, all of it at once, or not at all."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from efficiency.problems import Problem, SettingsError

#: The file that whoever writes into a folder holds, and how what is not whole yet is called.
LOCK, PARTIAL, OLD = ".efficiency.lock", ".output-new-", ".output-old-"
#: Bytes that a first output may need, and the largest of its files.
_USUAL, _LARGEST = 32_000_000, 8_000_000
_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
#: From Linux: renameat2 with paths that are no numbers of open folders; both names at once.
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """
    Hold a folder, so that no other process writes into it; what a killed one left is mended.

    Raises
    ------
    SettingsError
        If another process holds it (it is named), or it cannot be written to.
    """
    handle = _taken(folder)
    try:
        _mend(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / LOCK).unlink()
        os.close(handle)


def mend(folder: Path) -> None:
    """Mend what a killed process left in a folder, unless another one is at work in it."""
    left = [path for mark in (LOCK, PARTIAL, OLD) for path in folder.glob(f"{mark}*")]
    if left:
        with suppress(SettingsError), held(folder):
            pass


def _taken(folder: Path) -> int:
    """The open lock of a folder."""
    path = folder / LOCK
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    while True:
        try:
            handle = os.open(path, flags, 0o600)
        except OSError as error:
            key = "output_taken" if error.errno == errno.ELOOP else "unwritable"
            where = path if error.errno == errno.ELOOP else folder
            raise SettingsError([Problem(key, {"path": str(where)})]) from None
        if not _lock(handle):
            holder = os.read(handle, 200).decode("utf-8", "replace").strip()
            os.close(handle)
            details = {"folder": str(folder), "holder": holder or "?"}
            raise SettingsError([Problem("held", details)])
        with suppress(OSError):
            if os.fstat(handle).st_ino == path.stat().st_ino:
                break
        os.close(handle)  # whoever had it before took the file away in between
    told = f"{socket.gethostname()}:{os.getpid()} ({datetime.now():%Y-%m-%d %H:%M:%S})"
    os.ftruncate(handle, 0)
    os.write(handle, told.encode())
    return handle


def _lock(handle: int) -> bool:
    """Whether a file could be locked; the system unlocks it when its process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _mend(folder: Path) -> None:
    output = folder / "output"
    old = [path for path in sorted(folder.glob(f"{OLD}*")) if _is_folder(path)]
    if old and not os.path.lexists(output):
        old.pop().rename(output)  # stopped between two renames
    for path in [*old, *folder.glob(f"{PARTIAL}*")]:
        if _is_folder(path):
            shutil.rmtree(path, ignore_errors=True)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


@contextmanager
def partial(folder: Path) -> Iterator[Path]:
    """A new folder beside the output, which nobody else can have made; it does not stay."""
    made = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def see_room(made: Path, output: Path) -> None:
    """
    See that there is room for an output of about the size of the last one.

    Raises
    ------
    SettingsError
        If the disk, a quota or a limit on the size of files leaves too little.
    """
    sizes = [path.stat().st_size for path in output.rglob("*") if path.is_file()]
    largest = max([_LARGEST, *sizes])
    needed = max(int(1.2 * sum(sizes)), _USUAL)
    probes = [made / f"probe{number}" for number in range(-(-needed // largest))]
    with told_full(made, lambda: needed):
        for probe in probes:
            with probe.open("wb") as file:
                _reserve(file.fileno(), largest)
    for probe in probes:
        probe.unlink()


def _reserve(handle: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)


@contextmanager
def told_full(folder: Path, needed: Callable[[], int]) -> Iterator[None]:
    """
    Tell in a line that there is no room, or that something cannot be written.

    Parameters
    ----------
    folder
        Where it is to be written.
    needed
        Tells how many bytes there are to write in all; 0: that is not known.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            details = {"path": str(folder), "megabytes": -(-needed() // 1_000_000) or "?"}
            raise SettingsError([Problem("no_room", details)]) from None
        details = {"path": str(error.filename or folder)}
        raise SettingsError([Problem("unwritable", details)]) from None


def put(path: Path, content: bytes) -> None:
    """Write a file of a folder that is not in its place yet, and see it on the disk."""
    with path.open("xb") as file:
        _seen(file, content)


def _seen(file: IO[bytes], content: bytes) -> None:
    """Write all of a file, and see it on the disk."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def replaced(path: Path, content: bytes) -> None:
    """
    Put a file in the place of another at once; a link there is replaced, not followed.

    Raises
    ------
    SettingsError
        If there is no room for it, or it cannot be written.
    """
    with told_full(path.parent, lambda: len(content)):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                _seen(file, content)
            Path(name).chmod(_usual(0o666))
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise


def exchange(made: Path, output: Path) -> None:
    """
    Put a whole folder in the place of the output.

    Notes
    -----
    Linux exchanges two folders in one step, so that there is an output at every moment. Where the
    system or the disk cannot, the old one is renamed first; if the process ends before the second
    rename, the next command puts it back.
    """
    made.chmod(_usual(0o777))
    if not os.path.lexists(output):
        made.rename(output)
    elif not _swapped(made, output):
        old = Path(tempfile.mkdtemp(prefix=OLD, dir=output.parent))
        old.rmdir()
        output.rename(old)
        try:
            made.rename(output)
        except BaseException:
            old.rename(output)
            raise
        shutil.rmtree(old, ignore_errors=True)
    _settle(output.parent)


def _swapped(one: Path, other: Path) -> bool:
    """Whether two folders could exchange their names."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    names = [os.fsencode(path) for path in (one, other)]
    return bool(call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _settle(folder: Path) -> None:
    """See the names of a folder on the disk."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _usual(mode: int) -> int:
    """The mode that a new file or folder would have."""
    mask = os.umask(0)
    os.umask(mask)
    return mode & ~mask
