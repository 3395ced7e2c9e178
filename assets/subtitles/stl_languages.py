"""The language codes of EBU STL (Tech 3264, appendix 3, after Tech 3258) as BCP-47 tags."""

_EUROPEAN = (
    "sq br ca hr cy cs da de en es eo et eu fo fr fy ga gd gl is it se la lv lb lt hu mt nl no oc pl pt ro rm sr sk sl "
    "fi sv tr nl-BE wa"
)
_OTHER = (
    "zu vi uz ur uk th te tt ta tg sw srn so si sn sh rue ru qu ps pa fa pap or ne nd mr ro-MD ms mg mk lo ko km kk kn "
    "ja id hi he ha gn gu el ka ff prs cv zh my bg bn be bm az as hy ar am"
)
_FIRST_EUROPEAN, _FIRST_OTHER = 0x01, 0x45

UNKNOWN = "00"
TAGS = {f"{number:02X}": tag for number, tag in enumerate(_EUROPEAN.split(), _FIRST_EUROPEAN)} | {
    f"{number:02X}": tag for number, tag in enumerate(_OTHER.split(), _FIRST_OTHER)
}
"""Tags by the two hexadecimal digits of the code."""

_CODES = {tag: code for code, tag in reversed(TAGS.items())} | {"nb": "1E", "nn": "1E", "iw": "6C", "in": "6A"}


def code_of(tag: str) -> str:
    """The code of a language, or of the language without its region; UNKNOWN if there is none."""
    return _CODES.get(tag) or _CODES.get(tag.split("-", maxsplit=1)[0].lower(), UNKNOWN)
