"""MediaConch policies: what one of them asks for, as the checks of a private platform."""
