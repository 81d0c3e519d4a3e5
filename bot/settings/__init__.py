"""What the configuration file may say, section by section, and what is wrong with one."""
