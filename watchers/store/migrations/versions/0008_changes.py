"""What a change in chat was about, in whose house, and which one it took back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    for name in ("home", "about"):
        op.add_column("audit", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("audit", sa.Column("takes_back", sa.Integer()))
    there = sa.text("home != ''")
    op.create_index("ix_audit_home", "audit", ["home"], sqlite_where=there, postgresql_where=there)
