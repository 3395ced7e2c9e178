"""TTML: every dialect is read; TTML1 (DFXP), IMSC 1.1 text, EBU-TT-D and iTunes Timed Text are written.

Read are the drafts of 2004 to 2006, TTML1, TTML2 as far as IMSC 1.1 uses it, IMSC 1, EBU-TT-D, iTunes Timed Text and
the text of SMPTE-TT: times exact, with nested and sequential containers; styles by reference, inheritance, region and
initial value; ruby, emphasis, text combination, shear; regions in per cent of the picture. Not kept, and reported:
animation, images, metadata, and the styles that the model does not hold.

Sources: TTML1 and TTML2 (W3C Recommendations, 8 November 2018), IMSC 1.1 (W3C Recommendation, 8 November 2018),
EBU Tech 3380, SMPTE ST 2052-1.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from assets.subtitles import faults, ttml_body, ttml_head, ttml_losses, ttml_names, ttml_time, ttml_write, ttml_xml
from assets.subtitles.decoding import newlines
from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.format import Format, Grid
from assets.subtitles.model import Damage, Document
from assets.subtitles.ttml_dialects import EBU_TT_D, IMSC, ITUNES, TTML1, Dialect
from assets.subtitles.ttml_names import Element

_BARE = re.compile(r"<tt(?=[\s>/])")
_HEAD = 20_000
_TIMECODE = re.compile(r"""timeBase\s*=\s*["']smpte["']""")
_ITUNES = re.compile(r"""frameRateMultiplier\s*=\s*["'](?:999 1000|1 1)["']""")


def is_ttml(text: str) -> bool:
    """Whether a text has the root element of TTML near its beginning."""
    return text.lstrip("\ufeff \t\r\n").startswith("<") and ttml_xml.ROOT.search(text, 0, _HEAD) is not None


def dialect_of(text: str) -> str:
    """The id of the format that a TTML document says it is of: by its profile, or the way iTunes writes frame rates."""
    head = text[:_HEAD]
    if "urn:ebu:tt:distribution" in head:
        return EBU_TT_D.id
    if "/ns/ttml/profile/imsc1" in head or "netflix.com/ns/imsc1" in head:
        return IMSC.id
    return ITUNES.id if _TIMECODE.search(head) and _ITUNES.search(head) else TTML1.id


def read(text: str) -> Document:
    """The cues of a TTML document in document order, and what of it is bad or not kept.

    Raises NotSubtitlesError for what has no root element that can be read, has a document type declaration or is no
    TTML.
    """
    text = newlines(text)
    root, mended = ttml_xml.parse(text)
    bare = root.tag == "tt"
    if bare:
        root, mended = ttml_xml.parse(_BARE.sub(rf'\g<0> xmlns="{ttml_names.TTML}"', text, count=1))
    if ttml_names.name_of(root) != "tt":
        raise NotSubtitlesError(f"the root element is {root.tag}; tt of {ttml_names.TTML} is read")
    given = ttml_names.attributes(root)
    clock = ttml_time.clock(given)
    styles = ttml_head.load(root)
    reader = ttml_body.Body(styles, clock, damage=list(mended))
    if bare:
        what = f"tt without a namespace, which players refuse; read as of {ttml_names.TTML}"
        reader.damage.append(Damage("bad-header", root.sourceline or 1, what, "<tt"))
    reader.damage.extend(ttml_head.report(root, clock, styles))
    reader.damage.extend(_stray(root))
    for body in root:
        if ttml_names.name_of(body) == "body":
            reader.element(body, ttml_body.root_style(given))
    if mended and not reader.cues:
        raise NotSubtitlesError(f"line {mended[0].line}: not well-formed XML, and no cue is found: {mended[0].what}")
    reader.damage.extend(faults.closed(reader.cues, reader.endless))
    line = root.sourceline or 1
    for name in sorted(styles.unknown):
        reader.damage.append(Damage("bad-reference", line, "no such style or agent is defined", name))
    if styles.not_held:
        reader.damage.append(Damage("not-kept", line, "styles that are not kept", " ".join(sorted(styles.not_held))))
    reader.damage.extend(faults.of_cues(reader.cues, ordered=False))
    return Document(
        tuple(reader.cues),
        tuple(reader.damage),
        given.get("xml:lang", ""),
        _frame_rate(root, given, clock),
        clock.drop or clock.drop_pal,
    )


def _stray(root: Element) -> Iterator[Damage]:
    """Text between the head and the body, and around them."""
    for text in (root.text, *(child.tail for child in root)):
        if stray := " ".join((text or "").split()):
            yield Damage("unparsed-text", root.sourceline or 1, "text outside of head and body", stray)


def _frame_rate(root: Element, given: dict[str, str], clock: ttml_time.Clock) -> Fraction | None:
    """The frame rate that a document gives for its own times, or says that it was made at."""
    if "ttp:frameRate" in given:
        return clock.rate
    authored = ttml_head.authored_rate(root)
    return ttml_time.clock(authored).rate if "ttp:frameRate" in authored else None


def _matches(dialect: str, text: str) -> bool:
    return is_ttml(text) and dialect_of(text) == dialect


def _format(dialect: Dialect) -> Format:
    return Format(
        id=dialect.id,
        name=dialect.name,
        suffix=dialect.suffix,
        matches=partial(_matches, dialect.id),
        read_text=read,
        write=partial(ttml_write.write, dialect),
        holds=dialect.holds,
        grid=Grid.FRAMES if dialect.frames else Grid.EXACT,
        losses=partial(ttml_losses.losses, dialect),
        crowding=ttml_losses.crowding if dialect in {EBU_TT_D, IMSC} else ttml_losses.repeated_ids,
    )


FORMATS = {dialect.id: _format(dialect) for dialect in (EBU_TT_D, IMSC, ITUNES, TTML1)}
