"""Find news and understand it: feeds to stories. Telling people is `bot`, which this never imports."""
