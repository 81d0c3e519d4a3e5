"""How things are said: messages for no platform in particular, from frozen values. Pure."""
