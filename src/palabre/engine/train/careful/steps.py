"""The steps of the training, each leaving a file in the work folder and skipped when it is there."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from palabre.engine.models import encoder
from palabre.engine.models.pieces import SETTINGS
from palabre.engine.train.careful import figures, fit, loop, start, texts, vocabulary
from palabre.engine.train.careful.distil import Floats, Lessons, distil, vectors
from palabre.engine.train.careful.export import export
from palabre.engine.train.careful.heads import Heads
from palabre.engine.train.careful.labelled import examples
from palabre.engine.train.careful.network import Encoder, Network, from_bert
from palabre.engine.train.careful.related import threads
from palabre.engine.train.rows import Row, read

#: English texts the teacher's commonest pieces are counted in, and pairs distilled.
_COUNTED, _PAIRS = 120_000, 120_000
#: Comments are few beside the passages: their words count this many times.
_COMMENTS = 4


@dataclass
class Training:
    """One training: where the data are, where the steps leave their files, and how long the long ones are."""

    data: Path
    work: Path
    distil_steps: int = 720
    heads_steps: int = 1400

    def say(self, line: str) -> None:
        """One line of the log, on the terminal and in the work folder."""
        line = f"{time.strftime('%H:%M:%S')} {line}"
        print(line, flush=True)
        with (self.work / "log.txt").open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    @cached_property
    def rows(self) -> list[Row]:
        """The believed training rows in French and English."""
        return [row for row in read(self.data) if row.lang in ("fr", "en")]

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Translated sentences, shuffled once and for all."""
        found = texts.pairs(self.data)
        random.Random(0).shuffle(found)
        return found

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Step 1: the vocabulary."""
        path = self.work / "tokenizer.json"
        if not path.exists():
            self.say("vocabulary")
            vocabulary.save(self._vocabulary(), path)
        return Tokenizer.from_file(str(path))

    def _vocabulary(self) -> Tokenizer:
        sides = [texts.read(english) for _, english in self.pairs[:_COUNTED]]
        english = vocabulary.english_pieces(
            start.teacher()[0], chain(sides, map(texts.read, texts.comments(self.rows, "en")))
        )
        ours = [texts.read(one) for one in texts.comments(self.rows, "fr")] * _COMMENTS
        others = chain(texts.french(self.data), (french for french, _ in self.pairs))
        return vocabulary.build(english, vocabulary.french_pieces(chain(ours, map(texts.read, others))))

    def begun(self) -> Encoder:
        """Step 2: the student before training."""
        path, size = self.work / "begun.pt", self.tokenizer.get_vocab_size()
        if not path.exists():
            self.say(f"start with {size} pieces")
            sides = [*self.pairs, *texts.words(self.data)]
            french, english = ([texts.read(pair[side]) for pair in sides] for side in (0, 1))
            torch.save(start.encoder(self.tokenizer, french, english).state_dict(), path)
        found = Encoder(size)
        found.load_state_dict(torch.load(path, weights_only=True))
        return found

    def taught(self) -> Floats:
        """Step 3: the teacher's vectors of the English sides, computed once."""
        path = self.work / "taught.npy"
        if not path.exists():
            self.say("teacher's vectors")
            tokenizer, state = start.teacher()
            english = from_bert(state, len(state["embeddings.word_embeddings.weight"]))
            ids = [one.ids[:96] for one in tokenizer.encode_batch([pair[1] for pair in self.pairs[:_PAIRS]])]
            np.save(path, vectors(english, ids).astype(np.float16))
        found: Floats = np.load(path).astype(np.float32)
        return found

    def ids(self, sentences: list[str], longest: int = 96) -> list[list[int]]:
        """The student's pieces of raw sentences, between its first and last piece."""
        first, last = (vocabulary.number(self.tokenizer, piece) for piece in ("[CLS]", "[SEP]"))
        found = self.tokenizer.encode_batch([texts.read(one) for one in sentences], add_special_tokens=False)
        return [[first, *one.ids[: longest - 2], last] for one in found]

    @cached_property
    def lessons(self) -> Lessons:
        """Every French sentence and one English sentence in four, so that English is kept."""
        targets = self.taught()
        english = np.arange(len(targets)) % 4 == 0
        sides = [pair[0] for pair in self.pairs[: len(targets)]]
        sides += [self.pairs[place][1] for place in np.flatnonzero(english)]
        return Lessons(self.ids(sides), np.concatenate((targets, targets[english])))

    def distilled(self) -> Encoder:
        """Step 4: the student taught French."""
        path, student = self.work / "distilled.pt", self.begun()
        if not path.exists():
            distil(student, self.lessons, self.distil_steps, path, self.say)
        student.load_state_dict(torch.load(path, weights_only=True))
        return student

    def trained(self) -> Network:
        """Step 5: the encoder with its heads, the mean of the weights early on and at the end."""
        path, network = self.work / "heads.pt", Network(self.tokenizer.get_vocab_size())
        if not path.exists():
            network.encoder = self.distilled()
            self.say("reading the labelled comments")
            heads = Heads(network, self.tokenizer, examples(self.rows), threads(self.rows, self.data), self.lessons)
            heads.train(self.heads_steps, path, self.say)
        network.load_state_dict(loop.mean_of(path))
        return network

    def shipped(self, folder: Path) -> None:
        """Step 6: the folder the engine reads: network, tokenizer, and what is fitted on the comments kept back."""
        folder.mkdir(parents=True, exist_ok=True)
        self.say("export")
        vocabulary.save(self.tokenizer, folder / "tokenizer.json")
        export(self.trained(), folder / "model.onnx")
        pieces = [vocabulary.number(self.tokenizer, piece) for piece in ("[CLS]", "[SEP]", *SETTINGS)]
        encoder.write_config(folder, {"pieces": pieces, "calibration": {}})
        fitted = fit.settings(self.rows, encoder.load(folder), self.say)
        encoder.write_config(folder, {"pieces": pieces, **fitted})
        figures.write(folder / "training.json", self.figures())

    def figures(self) -> dict[str, object]:
        """What the training says of itself."""
        found = {
            name: figures.translations_found(one, self.ids, self.data)
            for name, one in (
                ("start", self.begun()),
                ("distilled", self.distilled()),
                ("trained", self.trained().encoder),
            )
        }
        return {
            "pieces": self.tokenizer.get_vocab_size(),
            "translated_sentences": len(self.taught()),
            "steps": {"distil": self.distil_steps, "heads": self.heads_steps},
            "translations_found": found,
            "sources": figures.sources(self.rows),
            "losses": figures.losses(self.work / "log.txt"),
        }
