"""Masters to make something from, and pictures of what was made."""

import av
import media_files
import numpy as np

from assets.making.finishing import measured
from assets.making.source import How, Source

TAGGED = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
GREY = f"color=c=0x808080:s=320x180:r={{rate}}:d=0.4,{TAGGED}"


def lavfi(*graphs):
    """The arguments of generated inputs."""
    return [word for graph in graphs for word in ("-f", "lavfi", "-i", graph)]


def source(path, *arguments, codecs=("-c:v", "prores_ks", "-c:a", "pcm_s24le")):
    """A master, made of ffmpeg's arguments, and measured."""
    media_files.ffmpeg(path, *arguments, *codecs)
    return Source(path.name, path, measured(path, path.name, How()))


def moving(path, *more, rate="25", seconds=2, codecs=("-c:v", "prores_ks", "-c:a", "pcm_s24le")):
    """A master with a moving picture and a voiceless stereo sound."""
    sound = f"anoisesrc=d={seconds}:c=pink:r=48000:a=0.3:seed=1,aformat=channel_layouts=stereo"
    inputs = lavfi(f"testsrc2=s=320x180:r={rate}:d={seconds},{TAGGED}", sound)
    return source(path, *inputs, *more, codecs=codecs)


def grey_frames(path):
    """The luma of each picture of a file."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray").astype(int) for frame in container.decode(video=0)]


def samples(path, stream=0):
    """All samples of a sound, as whole numbers of 32 bits, channel by channel."""
    with av.open(str(path)) as container:
        parts = [frame.to_ndarray() for frame in container.decode(audio=stream)]
        channels = container.streams.audio[stream].channels
    return np.concatenate([part.reshape(-1, channels) for part in parts])


def packets(path):
    """The bytes of each coded picture."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]
