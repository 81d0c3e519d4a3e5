"""The sample newsroom: invented outlets on loopback, for the demonstration and for nothing else."""
