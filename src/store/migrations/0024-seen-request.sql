-- Requests that were taken a short while ago, so that none is taken twice.
CREATE TABLE seen_request (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_request_by_time ON seen_request (at);
