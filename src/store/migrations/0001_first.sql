-- Ids of Discord are 64 bits without a sign, kept bit by bit in BIGINT. Days are Julian day numbers. No user, no message.

CREATE TABLE server (
    id BIGINT NOT NULL PRIMARY KEY,
    enabled BOOLEAN NOT NULL,
    stories TEXT NOT NULL, -- a JSON list of ids
    language TEXT,
    answer_at DOUBLE PRECISION,
    nearest_at DOUBLE PRECISION,
    collects BOOLEAN NOT NULL,
    keep_days BIGINT NOT NULL
);

CREATE TABLE channel (
    server BIGINT NOT NULL REFERENCES server (id),
    id BIGINT NOT NULL,
    allowed BOOLEAN NOT NULL,
    passive TEXT NOT NULL, -- off, dry-run, on
    stories TEXT NOT NULL,
    PRIMARY KEY (server, id)
);

-- Server 0 is direct messages, here and below.
CREATE TABLE feedback (
    server BIGINT NOT NULL,
    story TEXT NOT NULL,
    item TEXT NOT NULL,
    helpful BIGINT NOT NULL,
    unhelpful BIGINT NOT NULL,
    wrong BIGINT NOT NULL,
    PRIMARY KEY (server, story, item)
);

CREATE TABLE gap (
    server BIGINT NOT NULL,
    question TEXT NOT NULL CHECK (length(question) BETWEEN 1 AND 200),
    unanswered BIGINT NOT NULL,
    unhelpful BIGINT NOT NULL,
    wrong BIGINT NOT NULL,
    story TEXT,
    item TEXT,
    first_day BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    PRIMARY KEY (server, question)
);
