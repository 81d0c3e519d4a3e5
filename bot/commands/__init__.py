"""The `/watch` vocabulary: read it, answer it. No platform is known here."""
