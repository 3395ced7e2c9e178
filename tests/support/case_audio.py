import builders_media
import sound_signals


def subject(check, case):
    """A master, an unreadable file of sound, or (`beside = true`) a file of sound beside its master's picture."""
    if check.name == "audio/unreadable":
        return builders_media.unreadable_sound(case)
    made = sound_signals.with_sound(builders_media.master(case), case)
    return builders_media.beside(made) if case.get("beside") else made
