"""Count what the bot does and show it to Prometheus; nothing else here or elsewhere imports its library."""
