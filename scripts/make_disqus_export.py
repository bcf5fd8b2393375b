"""Write a big Disqus export of made-up comments, for trying the importer: make_disqus_export.py COMMENTS > FILE."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

WORDS = ("tram", "garden", "library", "market", "bridge", "school", "river", "bench", "lamp", "street", "morning")
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com"'
    ' xmlns:dsq="http://disqus.com/disqus-internals">\n'
)


def export(comments: int, seed: int = 0) -> Iterator[str]:
    """The file in pieces: one thread for every 100 comments, a third of them replies, all before what they answer."""
    chance = random.Random(seed)
    threads = max(1, comments // 100)
    yield HEAD
    for thread in range(threads):
        yield f'<thread dsq:id="{thread}"><id/><link>https://example.org/{thread}/</link><title>{thread}</title></thread>\n'
    for post in reversed(range(comments)):
        yield _post(post, threads, comments, chance)
    yield "</disqus>\n"


def _post(post: int, threads: int, comments: int, chance: random.Random) -> str:
    body = " ".join(chance.choice(WORDS) for _ in range(chance.randint(10, 120)))
    parent = post - threads * chance.randint(1, 3)
    answered = f'<parent dsq:id="{parent}"/>' if parent >= 0 and chance.random() < 0.33 else ""
    return (
        f'<post dsq:id="{post}"><message><![CDATA[<p>{body}</p>]]></message>'
        f"<createdAt>20{10 + post % 10}-0{1 + post % 9}-1{post % 10}T12:00:00Z</createdAt>"
        f"<isDeleted>{'true' if chance.random() < 0.03 else 'false'}</isDeleted><isSpam>false</isSpam>"
        f"<author><name>{chance.choice(WORDS).title()}</name></author>"
        f'<thread dsq:id="{post % threads}"/>{answered}</post>\n'
    )


if __name__ == "__main__":
    sys.stdout.writelines(export(int(sys.argv[1])))
