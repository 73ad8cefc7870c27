"""Makes docs/licences.md: the packages that come with this one, and under which licences."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

PAGE = Path(__file__).resolve().parents[1] / "docs" / "licences.md"
#: How packages name a licence, and its SPDX identifier; the first that is found counts.
NAMES: tuple[tuple[str, str], ...] = (
    (r"^(?:[A-Za-z0-9.-]+(?: (?:AND|OR) )?)+$", ""),  # an SPDX expression already
    (r"MIT License|^MIT license$", "MIT"),
    (r"Apache", "Apache-2.0"),
    (r"BSD 2-Clause", "BSD-2-Clause"),
    (r"BSD", "BSD-3-Clause"),
    (r"ISC", "ISC"),
    (r"Python Software Foundation|PSFL|matplotlib", "PSF-2.0"),
    (r"Mozilla Public License 2\.0", "MPL-2.0"),
    (r"SIL Open Font", "OFL-1.1"),
    (r"GNU General Public License v3", "GPL-3.0-or-later"),
)
#: What may be combined with AGPL-3.0-or-later work (the list of the Free Software Foundation).
COMPATIBLE = frozenset({
    "MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC",
    "PSF-2.0", "MPL-2.0", "Zlib", "CC0-1.0", "OFL-1.1", "GPL-3.0-or-later", "AGPL-3.0-or-later",
    "Unlicense", "HPND",
})  # fmt: skip
#: What the metadata do not say, looked up in the packages' own licence files.
KNOWN = {"cvxopt": "GPL-3.0-or-later", "ptyprocess": "ISC"}
HEADER = """# 依赖的许可 Licences of what comes with it

`python tests/licences.py` 由已安装各包的元数据写出本页；测试核对它与锁定的版本一致，
且每一项都可与 AGPL-3.0-or-later 合用。
Written from the metadata of the packages that `requirements.lock` names; a test sees that it is so
and that each may be combined with AGPL-3.0-or-later work.

`pygraphviz`（BSD-3-Clause）的安装包里带有 Graphviz 的程序库，其许可是 Eclipse Public License 2.0；
未指定次级许可的，自由软件基金会认为与 GPL 不相容。本包不含、不改、不转发 Graphviz，只在使用者的
机器上调用它画图；要把本包连同全部依赖打成一个安装包转发的，请先就此征求法律意见。
The wheel of `pygraphviz` bundles the libraries of Graphviz under the Eclipse Public License 2.0,
which the Free Software Foundation holds to be incompatible with the GPL where no secondary licence
is named. This package neither holds nor hands on Graphviz; whoever bundles all of it for others
should ask a lawyer first.

| 包 Package | 许可 Licence (SPDX) |
| --- | --- |
"""


def installed() -> dict[str, metadata.Distribution]:
    """The packages that this one needs, and those that they need, by name; itself left out."""
    found: dict[str, metadata.Distribution] = {}
    waiting = ["efficiency"]
    while waiting:
        one = metadata.distribution(waiting.pop())
        name = one.metadata["Name"].lower().replace("_", "-")
        if name in found:
            continue
        found[name] = one
        needs = [Requirement(text) for text in one.requires or ()]
        waiting += [
            need.name for need in needs
            if (need.marker is None or need.marker.evaluate({"extra": ""})) and _is_there(need.name)
        ]  # fmt: skip
    found.pop("efficiency")
    return dict(sorted(found.items()))


def _is_there(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def licence(name: str, one: metadata.Distribution) -> str:
    """The SPDX expression of a package's licence; empty: it does not say."""
    if name in KNOWN:
        return KNOWN[name]
    classifiers = [
        text.rpartition("::")[2].strip()
        for text in one.metadata.get_all("Classifier") or ()
        if text.startswith("License")
    ]
    texts = (one.metadata.get("License-Expression"), one.metadata.get("License"), *classifiers)
    for text in filter(None, texts):
        first = text.strip().split("\n")[0]
        for pattern, spdx in NAMES:
            parts = set(re.split(r" (?:AND|OR) ", first))
            if not spdx and parts <= COMPATIBLE:
                return first
            if spdx and re.search(pattern, first):
                return spdx
    return ""


def page() -> str:
    """The whole page."""
    rows = [f"| `{name}` | {licence(name, one)} |" for name, one in installed().items()]
    return HEADER + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
