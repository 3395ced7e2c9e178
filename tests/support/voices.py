"""Sound that a detector takes for a voice, made from nothing: pulses of a larynx through the resonances of a mouth."""

import wave
from pathlib import Path

import numpy as np

RATE = 16_000
FORMANTS = ((700, 1220, 2600), (300, 2300, 3000), (450, 900, 2400), (600, 1700, 2500))
"""The resonances of four vowels in Hz."""

SYLLABLE = 0.22


def voice(seconds: float, seed: int) -> np.ndarray:
    """Some syllables, each with its pitch and vowel."""
    random = np.random.default_rng(seed)
    parts = []
    for _ in range(max(1, round(seconds / SYLLABLE))):
        count = int(SYLLABLE * RATE)
        pitch = random.uniform(100, 160) * np.linspace(1.1, 0.9, count)
        phase = np.cumsum(pitch / RATE)
        source = np.diff(np.floor(phase), prepend=0) + random.normal(0, 0.02, count)
        spectrum = np.fft.rfft(source)
        hertz = np.fft.rfftfreq(count, 1 / RATE)
        vowel = FORMANTS[random.integers(len(FORMANTS))]
        mouth = sum(1 / (1 + ((hertz - formant) / 90) ** 2) for formant in vowel)
        sound = np.fft.irfft(spectrum * mouth, count) * np.hanning(count) ** 0.4
        parts.append(0.4 * sound / np.abs(sound).max())
    return np.concatenate(parts)


def spoken(stretches: list[tuple[float, float]], seconds: float, noise: float = 0.001) -> np.ndarray:
    """Voices in the given stretches of so many seconds, with a little noise throughout."""
    sound = np.random.default_rng(0).normal(0, noise, int(seconds * RATE))
    for number, (start, end) in enumerate(stretches):
        heard = voice(end - start, number)
        first = int(start * RATE)
        sound[first : first + len(heard)] += heard[: len(sound) - first]
    return sound


def write_wav(path: Path, sound: np.ndarray, times: int = 1) -> None:
    """One channel of 16 bits; the sound so many times over."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        samples = (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()
        for _ in range(times):
            file.writeframes(samples)
