-- Plain SQL that SQLite and PostgreSQL both take. Times are ISO 8601 in UTC.
CREATE TABLE learner (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  joined_at TEXT NOT NULL
);

CREATE TABLE lesson_read (
  learner_id TEXT NOT NULL REFERENCES learner (id),
  lesson TEXT NOT NULL,
  read_at TEXT NOT NULL,
  PRIMARY KEY (learner_id, lesson)
);

-- Every check of an exercise, with the report as it was shown.
CREATE TABLE attempt (
  id TEXT PRIMARY KEY,
  learner_id TEXT NOT NULL REFERENCES learner (id),
  exercise TEXT NOT NULL,
  made_at TEXT NOT NULL,
  earned INTEGER NOT NULL,
  total INTEGER NOT NULL,
  passed INTEGER NOT NULL,
  report TEXT NOT NULL
);

CREATE INDEX attempt_by_learner ON attempt (learner_id, exercise, made_at);
