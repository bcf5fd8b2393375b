"""A file is the old one or the new one, never a part."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from palabre.base.files import replace_atomically


def test_a_full_disk_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "1.html"
    replace_atomically(page, b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_atomically(page, b"new")
    assert page.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["1.html"]


def test_the_new_file_is_whole_and_readable_by_the_web_server(tmp_path: Path) -> None:
    page = tmp_path / "deep" / "1.html"
    replace_atomically(page, b"new")
    assert page.read_bytes() == b"new"
    assert page.stat().st_mode & 0o777 == 0o644
