"""Everything that is kept, in one database. Rows become values before they leave this folder."""
