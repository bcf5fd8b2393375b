"""A French and English vocabulary: the teacher's commonest English pieces, and French pieces learnt beside them.

English keeps the pieces it had, so that the encoder starts out as good in English as its teacher.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import AddedToken, Tokenizer
from tokenizers.decoders import WordPiece as Decoder
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.trainers import WordPieceTrainer

from palabre.engine.models.pieces import SETTINGS
from palabre.engine.text.mask import MASKS

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *SETTINGS)
#: Pieces kept of the teacher's, and French pieces learnt (they overlap).
ENGLISH, FRENCH = 10_500, 13_500


def french_pieces(texts: Iterable[str]) -> list[str]:
    """Pieces learnt from French texts, commonest merges first."""
    learnt = _tokenizer({"[UNK]": 0})
    trainer = WordPieceTrainer(
        vocab_size=FRENCH, min_frequency=8, limit_alphabet=150, special_tokens=["[UNK]"], show_progress=False
    )
    learnt.train_from_iterator(texts, trainer)
    return [piece for piece, _ in sorted(learnt.get_vocab().items(), key=lambda pair: pair[1]) if piece != "[UNK]"]


def english_pieces(teacher: Tokenizer, texts: Iterable[str]) -> list[str]:
    """The teacher's commonest pieces in these texts, and every single character it knows of the Latin letters."""
    seen = Counter(piece for one in teacher.encode_batch(list(texts)) for piece in one.tokens)
    kept = [piece for piece, _ in seen.most_common(ENGLISH) if not piece.startswith("[")]
    return kept + [
        piece for piece in teacher.get_vocab() if len(piece.removeprefix("##")) == 1 and ord(piece[-1]) < 256
    ]


def build(english: list[str], french: list[str]) -> Tokenizer:
    """The tokenizer of both: ids in order of first appearance, special pieces and masks first."""
    pieces = dict.fromkeys((*SPECIAL, *MASKS, *english, *french))
    tokenizer = _tokenizer({piece: number for number, piece in enumerate(pieces)})
    tokenizer.add_special_tokens([AddedToken(mask, normalized=False) for mask in MASKS])
    return tokenizer


def number(tokenizer: Tokenizer, piece: str) -> int:
    """The number of a piece that must be there."""
    found = tokenizer.token_to_id(piece)
    if found is None:
        raise KeyError(piece)
    return int(found)


def save(tokenizer: Tokenizer, path: Path) -> None:
    """Write ``tokenizer.json``."""
    tokenizer.save(str(path), pretty=False)


def _tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=60))  # noqa: S106 - a piece
    tokenizer.normalizer = BertNormalizer(clean_text=False, handle_chinese_chars=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.decoder = Decoder()
    return tokenizer
