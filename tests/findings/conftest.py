"""Gives the tests of findings the slow reference that they are held against."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def reference() -> ModuleType:
    """Give the module of the slow reference, wherever the tests are run from."""
    path = Path(__file__).with_name("reference.py")
    spec = importlib.util.spec_from_file_location("slow_reference", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
