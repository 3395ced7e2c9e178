import builders_media
from builders_text import title

from assets.subjects import ReadTitle


def subject(check, case):
    """A picture, or the title of several: `pictures = [{ kind = "poster", language = "ko" }]`."""
    if check.on is ReadTitle:
        return ReadTitle(title(case), tuple(builders_media.artwork(item) for item in case["pictures"]))
    build = builders_media.unreadable_artwork if check.name == "artwork/unreadable" else builders_media.artwork
    return build(case)
