"""Disqus exports (https://help.disqus.com/en/articles/1717222, schema http://disqus.com/api/schemas/1.0/disqus.xsd)."""

from palabre.transfer.disqus.read import read

__all__ = ["read"]
