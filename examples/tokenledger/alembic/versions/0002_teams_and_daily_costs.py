"""teams and daily costs"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

DAILY_COSTS = """
    CREATE VIEW daily_costs AS
    SELECT
        (called_at AT TIME ZONE 'UTC')::date AS day,
        team,
        model,
        count(*) AS calls,
        sum(cost_usd) AS cost_usd
    FROM calls
    GROUP BY 1, 2, 3
"""


def upgrade() -> None:
    op.add_column("calls", sa.Column("team", sa.Text, nullable=False, server_default=""))
    op.create_index("calls_team_called_at_idx", "calls", ["team", "called_at"])
    op.execute(DAILY_COSTS)


def downgrade() -> None:
    op.execute("DROP VIEW daily_costs")
    op.drop_index("calls_team_called_at_idx", "calls")
    op.drop_column("calls", "team")
