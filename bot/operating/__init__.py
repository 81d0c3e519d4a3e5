"""The commands of whoever runs the bot, and what keeps the database small and the process watched."""
