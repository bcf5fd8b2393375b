"""Import generated Disqus exports of growing size into a fresh SQLite database; print seconds and peak memory of each.

Usage: PYTHONPATH=src python scripts/bench_import.py [COMMENTS …]   (default: 20000 200000; some minutes)
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_disqus_export import export

SIZES = (20_000, 200_000)


def measure(path: Path) -> str:
    """Import ``path`` in this process."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from palabre.accounts.actions import create_site
    from palabre.transfer.actions import import_disqus

    site, begun = create_site("bench", "Bench"), time.perf_counter()
    with path.open("rb") as file:
        report = import_disqus(file, site)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    size = path.stat().st_size // 1_000_000
    return f"{report.imported} comments, {size} MB: {time.perf_counter() - begun:.0f} s, peak {peak} MB"


def fresh(comments: int) -> None:
    """Generate a file and import it in a process of its own, so that each peak is its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xml"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(export(comments))
        told = {
            "PALABRE_HOME": folder,
            "PALABRE_SECRET_KEY": "bench",
            "DJANGO_SETTINGS_MODULE": "palabre.config.settings",
        }
        subprocess.run([sys.executable, __file__, "--file", str(path)], env=os.environ | told, check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--file"]:
        print(measure(Path(sys.argv[2])), flush=True)
    else:
        for size in map(int, sys.argv[1:] or SIZES):
            fresh(size)
