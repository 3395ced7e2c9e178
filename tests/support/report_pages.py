"""Report pages for tests: what a page shows beside a report, and a reader that refuses what is not well formed."""

import json
from html.parser import HTMLParser

import reports

from assets.signals.model import Loudness, PictureSignals, Signals, SoundSignals, Stretch
from assets.subtitles.model import Cue, Run
from assets.timing import from_ms
from cli.render.report import Context, Reel, Track, render
from cli.render.words import visible

VOID = {"meta", "input", "img", "track"}
SIGNALS = Signals(
    1,
    (PictureSignals(0, 0, from_ms(60_000), 1438, black=(Stretch(0, from_ms(1000)),), cuts=(from_ms(5000),)),),
    (
        SoundSignals(
            (1,),
            "stereo",
            0,
            from_ms(60_000),
            (),
            silence=(Stretch(0, from_ms(2000)),),
            loudness=Loudness(None, -2300, None, None, None, None, None, -100, curve=(None, -2400, -2200)),
            peaks=(-600, None, -100),
        ),
    ),
)
CONTEXT = Context(
    {"ko": "겨울 항구", "en": "Winter Harbour", "ja": "冬の港"},
    "김하늘",
    (
        Reel(
            reports.MASTER.name,
            from_ms(60_000),
            None,
            (("Start timecode", "01:00:00:00"),),
            (reports.KOREAN.name,),
            (),
            SIGNALS,
            "media/a1.mp4",
            (("ko", reports.KOREAN.name, "captions/b2.vtt"),),
        ),
    ),
    (
        Track(
            reports.KOREAN.name,
            "ko",
            (Cue(12, from_ms(62_125), from_ms(64_000), (Run("오늘은 아무 데도 가지 말고 여기 있어요!\n네."),)),),
            16,
            12,
        ),
    ),
    {(reports.MASTER.name, 0): "stills/a1-0.jpg"},
)


class Page(HTMLParser):
    """What a page consists of; refuses one whose elements are not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.texts, self.raw = [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID | {"path"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in {"style", "script"}:
            self.raw.append(data)
        else:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    @property
    def data(self):
        return json.loads(self.raw[1])

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def page(report, *rest):
    return Page(render(report, *rest))


def words_of(text):
    return " ".join(visible(text).split())
