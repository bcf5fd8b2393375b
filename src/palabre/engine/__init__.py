"""What does this text do? Text (with its article and parent) in, explained assessment out. No Django, network or
clock.
"""

from palabre.engine.cascade import load
from palabre.engine.judge import Engine
from palabre.engine.models.file import ModelError
from palabre.engine.types import LABELS, UNKNOWN, Article, Assessment, Span

__all__ = ["LABELS", "UNKNOWN", "Article", "Assessment", "Engine", "ModelError", "Span", "load"]
