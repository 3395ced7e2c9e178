"""The sample catalogues that `releaseprint sample` writes: nothing of them but text is stored, media are made."""

from assets.sample.films import write_films
from assets.sample.writing import write_sample

__all__ = ["write_films", "write_sample"]
