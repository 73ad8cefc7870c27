"""What several tests of a review share: a folder written by hand, and its smallest parts."""

from __future__ import annotations

from pathlib import Path

HEAD = 'title = "t"\nlanguage = "en"\nstandards = "standards.csv"\n[logs.a]\npath = "a.csv"\n'
LOG = """case_id,activity,end
1,in,2024-03-04 09:20
1,out,2024-03-04 11:20
2,in,2024-03-05 09:20
"""
LIMITS = "standard_id,title,from,to,limit,clock,target\n"
LIMIT = LIMITS + "T1,quick,in,out,1 h,working,0.9\n"


def write(folder: Path, **texts: str | bytes) -> Path:
    """Write a review folder, a text by the file's stem."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, text in texts.items():
        name = "review.toml" if stem == "review" else f"{stem}.csv"
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder
