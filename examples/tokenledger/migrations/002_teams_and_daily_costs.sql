ALTER TABLE calls ADD COLUMN team text NOT NULL DEFAULT '';

CREATE INDEX calls_team_called_at_idx ON calls (team, called_at);

CREATE VIEW daily_costs AS
SELECT
    (called_at AT TIME ZONE 'UTC')::date AS day,
    team,
    model,
    count(*) AS calls,
    sum(cost_usd) AS cost_usd
FROM calls
GROUP BY 1, 2, 3;
