"""The sample catalogue that `releaseprint sample` writes: nothing of it but text is stored, media are made."""

from assets.sample.writing import write_sample

__all__ = ["write_sample"]
