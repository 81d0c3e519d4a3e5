"""Slack: what it sends us, and what we post there."""
