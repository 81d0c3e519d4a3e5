"""The ledger of promises: what is worth reading for them, what repeats, keeps or moves one; its rounds."""
