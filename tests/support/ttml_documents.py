"""TTML documents for tests, and what was read of them in a line each."""

from assets.subtitles import read_subtitles
from assets.timing import TICKS_PER_MS

TT = "http://www.w3.org/ns/ttml"


def document(body, head="", root="", namespace=TT):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="{namespace}" xmlns:ttp="{namespace}#parameter"'
        f' xmlns:tts="{namespace}#styling" xmlns:itts="{TT}/profile/imsc1#styling" xmlns:ttm="{namespace}#metadata"'
        f' xmlns:ebutts="urn:ebu:tt:style" xmlns:smpte="http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt"'
        f' xml:lang="ko" {root}>'
        f"<head>{head}</head>\n<body>{body}</body></tt>"
    ).encode()


def read(body, head="", root="", namespace=TT):
    return read_subtitles(document(body, head, root, namespace))


def shown(parsed):
    return [f"{cue.start // TICKS_PER_MS}-{cue.end // TICKS_PER_MS} {cue.text}" for cue in parsed.cues]


def damage(parsed):
    return [f"{item.kind}: {item.text}" for item in parsed.damage]
