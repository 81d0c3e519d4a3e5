"""Where messages are shown: a room for each platform, all with the same door (`base.Platform`)."""
