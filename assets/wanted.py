"""What of a title a platform takes: stems leave only where its data asks for their kind."""

from dataclasses import replace

from assets.media import Stem
from assets.platform import Platform
from assets.subjects import Asset, ReadTitle, UnreadableStem


def wanted_part(read: ReadTitle, platform: Platform) -> tuple[ReadTitle, tuple[Asset, ...]]:
    """A title without the stems that a platform does not ask for, which it does not judge either; and these."""
    unwanted = tuple(
        asset
        for asset in read.assets
        if isinstance(asset, Stem | UnreadableStem) and asset.declaration.kind not in platform.package.stems
    )
    if not unwanted:
        return read, ()
    return replace(read, assets=tuple(asset for asset in read.assets if asset not in unwanted)), unwanted
