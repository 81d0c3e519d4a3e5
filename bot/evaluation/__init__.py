"""`vedette evaluate`: run one part of the walk over labelled input, and say how good it is."""
