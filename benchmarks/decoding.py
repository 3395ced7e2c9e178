"""What benchmarks/signals.py runs in worker processes."""

import resource

from assets.signals.one_pass import measure_here


def bare(name: str) -> int:
    """Decode picture and sound and look at nothing; the peak of memory in MB."""
    import av

    with av.open(name) as container:
        container.streams.video[0].thread_type = "AUTO"
        for packet in container.demux():
            packet.decode()
    return _peak()


def measured(name: str) -> int:
    """Measure every signal; the peak of memory in MB."""
    measure_here(name)
    return _peak()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
