-- Whose rows these are: one row, of the bot that used the file first.

CREATE TABLE application (
    one BOOLEAN NOT NULL PRIMARY KEY CHECK (one),
    id BIGINT NOT NULL
);
