"""The parts of a bot as processes of their own: workers, the bot that talks, the scheduler."""
