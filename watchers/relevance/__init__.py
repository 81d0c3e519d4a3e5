"""How likely an entry is to matter, judged from exemplar articles; no subject is written into the code."""
