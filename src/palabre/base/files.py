"""Files that are always whole: written beside, flushed, then moved into place (rename(2) is atomic)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace_atomically(path: Path, content: bytes) -> None:
    """Make ``path`` hold ``content``; a reader or a crash sees the old file or the new one, never a part.

    Raises ``OSError`` (a full disk, say) with the old file still in place and nothing left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
