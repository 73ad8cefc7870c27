"""What is worth telling: one file a kind of finding, found by its ``KIND``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from efficiency.findings.kind import Kind

#: Every kind by its name: each file of this room that has a ``KIND``.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        import_module(f"{__name__}.{module.name}").KIND for module in iter_modules(__path__)
    )
}
