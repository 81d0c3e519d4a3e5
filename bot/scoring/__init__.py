"""Score predictions against gold, task by task: the figures `vedette evaluate --score` prints.

The measures are those that came with the public evaluation set, written anew; a test holds one
against the other.
"""

from bot.scoring.run import TASKS, bootstrap, intervals, render, score

__all__ = ["TASKS", "bootstrap", "intervals", "render", "score"]
