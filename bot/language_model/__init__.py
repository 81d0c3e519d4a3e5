"""What a language model may be asked, if one is configured, and what of its answers is believed."""
