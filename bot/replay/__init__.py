"""Read again what is stored, or what feeds hold, while nobody is told."""
