"""The application as `palabre serve` runs it: in a process that ends when the one that started it is killed."""

from palabre.cli.processes import end_with_parent
from palabre.config.wsgi import application

__all__ = ["application"]

end_with_parent()  # else a killed server would leave this process behind, listening on the port
