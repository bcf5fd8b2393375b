"""Compile the translations into the wheel: .mo files are made, never committed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Run scripts/compile_messages.py over the package before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        spec = importlib.util.spec_from_file_location("compile_messages", root / "scripts" / "compile_messages.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError("scripts/compile_messages.py is missing")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.main(root / "src" / "palabre")
