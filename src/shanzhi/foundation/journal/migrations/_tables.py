"""The journal's tables. `{app}` is the serving role."""

TABLES = """
CREATE TABLE journal_fact (
    id uuid NOT NULL,
    kind varchar(60) NOT NULL CHECK (kind ~ '^[a-z][a-z0-9-]*([.][a-z][a-z0-9-]*)+$'),
    version smallint NOT NULL CHECK (version > 0),
    about uuid NOT NULL,
    at timestamptz NOT NULL,
    -- The clock and not the transaction's start: who waited for a lock recorded later than who held it.
    recorded timestamptz NOT NULL DEFAULT clock_timestamp(),
    place uuid,
    person uuid,
    post uuid,
    purpose varchar(64) NOT NULL DEFAULT '',
    data jsonb NOT NULL CHECK (jsonb_typeof(data) = 'object'),
    PRIMARY KEY (recorded, id)
) PARTITION BY RANGE (recorded);
CREATE INDEX journal_fact_about ON journal_fact (about, recorded);
CREATE TABLE journal_fact_default PARTITION OF journal_fact DEFAULT;

CREATE TABLE journal_unsequenced (
    recorded timestamptz NOT NULL,
    fact_id uuid NOT NULL,
    PRIMARY KEY (recorded, fact_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

CREATE TABLE journal_position (
    position bigint PRIMARY KEY CHECK (position > 0),
    fact_id uuid NOT NULL UNIQUE,
    recorded timestamptz NOT NULL
);

CREATE TABLE journal_cursor (
    name varchar(60) PRIMARY KEY,
    position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
    moved timestamptz NOT NULL DEFAULT clock_timestamp(),
    careful_until bigint NOT NULL DEFAULT 0,  -- up to here one fact at a time: a batch failed
    failures integer NOT NULL DEFAULT 0,
    error varchar(500) NOT NULL DEFAULT '',
    retry_at timestamptz
);

CREATE TABLE journal_parked (
    name varchar(60) NOT NULL,
    position bigint NOT NULL,
    fact_id uuid NOT NULL,
    tries integer NOT NULL,
    error varchar(500) NOT NULL,
    parked timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (name, position)
);

CREATE TABLE journal_receipt (
    command varchar(100) NOT NULL,
    key varchar(200) NOT NULL,
    body_hash bytea NOT NULL,
    result jsonb NOT NULL,
    made timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (command, key)
);

CREATE TABLE journal_seal (
    last bigint PRIMARY KEY,
    first bigint NOT NULL UNIQUE,
    previous bytea NOT NULL,
    leaves bytea NOT NULL,
    hash bytea NOT NULL,
    sealed timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (first <= last AND octet_length(leaves) = 32 * (last - first + 1))
);
"""

# The serving role never names `recorded`, gives no positions and rewrites nothing: only the functions do.
RIGHTS = """
REVOKE ALL ON journal_fact, journal_fact_default, journal_unsequenced, journal_position, journal_cursor,
    journal_parked, journal_receipt, journal_seal FROM {app};
GRANT SELECT, INSERT (id, kind, version, about, at, place, person, post, purpose, data) ON journal_fact TO {app};
GRANT SELECT ON journal_unsequenced, journal_position TO {app};
GRANT SELECT, INSERT, UPDATE ON journal_cursor TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON journal_parked TO {app};
GRANT SELECT, INSERT ON journal_receipt, journal_seal TO {app};
"""
