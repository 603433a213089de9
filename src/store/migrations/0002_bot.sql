-- Whose rows these are: one row, the user id of the bot that used the file first.

CREATE TABLE bot (
    one BOOLEAN NOT NULL PRIMARY KEY CHECK (one),
    id BIGINT NOT NULL
);
