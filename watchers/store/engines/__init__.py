"""The databases that the store runs on: what differs between them, and nothing else."""
