"""What a catalogue shows to buyers: what can still be bought, what is like what. Never who bought, or terms."""
