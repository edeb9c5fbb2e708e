CREATE TABLE calls (
    id bigint GENERATED ALWAYS AS IDENTITY,
    model text NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    cached_tokens bigint NOT NULL DEFAULT 0,
    called_at timestamptz NOT NULL,
    cost_usd numeric(18, 8) NOT NULL,
    CONSTRAINT calls_pkey PRIMARY KEY (id),
    CONSTRAINT calls_tokens_check CHECK (
        input_tokens >= 0 AND output_tokens >= 0 AND cached_tokens BETWEEN 0 AND input_tokens
    ),
    CONSTRAINT calls_cost_check CHECK (cost_usd >= 0)
);

CREATE INDEX calls_called_at_idx ON calls (called_at);
