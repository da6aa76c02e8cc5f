#include "store/migrations.h"

#include <array>

namespace kaoju {
namespace {

// Facts are clustered by article, so that replacing those of one article touches neighbouring pages
// and needs no other index. All spans are bytes of article.text, start inclusive, end exclusive.
// NULL: the article does not say.
constexpr const char* kFirstSchema = R"sql(
CREATE TABLE run (
  id       INTEGER PRIMARY KEY,  -- counts up from 1
  rules    TEXT NOT NULL,        -- id of the rule set
  version  TEXT NOT NULL,        -- of the program
  docs     INTEGER NOT NULL DEFAULT 0,  -- documents read
  added    INTEGER NOT NULL DEFAULT 0,  -- articles that were new
  replaced INTEGER NOT NULL DEFAULT 0,  -- articles whose text, metadata or rules had changed
  same     INTEGER NOT NULL DEFAULT 0,  -- articles left alone
  failed   INTEGER NOT NULL DEFAULT 0,  -- documents that could not be read
  facts    INTEGER NOT NULL DEFAULT 0,  -- facts written
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1))  -- 1 iff the run came to its end
) STRICT;

CREATE TABLE run_input (
  run   INTEGER NOT NULL REFERENCES run (id),  -- which run
  n     INTEGER NOT NULL,  -- place in the list, from 0
  input TEXT NOT NULL,     -- path as given
  PRIMARY KEY (run, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule (
  id      TEXT NOT NULL,  -- such as money/amount
  version TEXT NOT NULL,  -- hash of the rule's meaning
  layer   TEXT NOT NULL,  -- where in the cascade it works
  text    TEXT NOT NULL,  -- its source
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
  seq         INTEGER PRIMARY KEY,   -- what the facts refer to; order of arrival
  id          TEXT NOT NULL UNIQUE,  -- document id as given
  url         TEXT,                  -- where it was published
  title       TEXT,                  -- headline
  source      TEXT,                  -- outlet
  published   TEXT,                  -- date as given
  day         TEXT,                  -- the day read from it, YYYY-MM-DD
  region      TEXT,                  -- CN, TW, HK, MO, SG
  text        TEXT NOT NULL,         -- what an editor sees
  text_sha256 TEXT NOT NULL,         -- of the UTF-8 bytes, lower-case hexadecimal
  rules       TEXT NOT NULL,         -- rule set id of the last extraction
  run         INTEGER NOT NULL REFERENCES run (id)  -- run that last wrote it
) STRICT;

CREATE TABLE repair (
  article     INTEGER NOT NULL REFERENCES article (seq),  -- where
  n           INTEGER NOT NULL,  -- place in its list, from 0
  start_byte  INTEGER NOT NULL,  -- of the repaired piece
  end_byte    INTEGER NOT NULL,  -- of the repaired piece
  kind        TEXT NOT NULL,     -- such as pinyin-gloss
  before_text TEXT NOT NULL,     -- what stands in the text
  after_text  TEXT NOT NULL,     -- what it was read as
  PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
  article    INTEGER NOT NULL REFERENCES article (seq),  -- where
  n          INTEGER NOT NULL,  -- place among the article's mentions, from 0
  start_byte INTEGER NOT NULL,  -- of the mention
  end_byte   INTEGER NOT NULL,  -- of the mention
  surface    TEXT NOT NULL,     -- the words as written
  type       TEXT NOT NULL,     -- person, org, product, place, media, event, work, other
  canonical  TEXT NOT NULL,     -- the name in simplified script
  rule       TEXT NOT NULL,     -- id of the rule that found it
  PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE time (
  article    INTEGER NOT NULL REFERENCES article (seq),  -- where
  n          INTEGER NOT NULL,  -- place among the article's times, from 0
  start_byte INTEGER NOT NULL,  -- of the expression
  end_byte   INTEGER NOT NULL,  -- of the expression
  surface    TEXT NOT NULL,     -- the words as written
  type       TEXT NOT NULL,     -- DATE, TIME, DURATION, SET
  value      TEXT,              -- TIMEX3 value; NULL: cannot be resolved
  mod        TEXT,              -- TIMEX3 modifier
  rule       TEXT NOT NULL,     -- id of the rule that found it
  PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE figure (
  article              INTEGER NOT NULL REFERENCES article (seq),  -- where
  n                    INTEGER NOT NULL,  -- place among the article's figures, from 0
  start_byte           INTEGER NOT NULL,  -- of the figure
  end_byte             INTEGER NOT NULL,  -- of the figure
  surface              TEXT NOT NULL,  -- the words as written
  kind                 TEXT NOT NULL,  -- money, count, percent, …
  value_min            TEXT NOT NULL,  -- exact decimal
  value_max            TEXT NOT NULL,  -- exact decimal; equals value_min unless it is a range
  value_min_real       REAL NOT NULL,  -- value_min rounded, to compare and sort by
  value_max_real       REAL NOT NULL,  -- value_max rounded, to compare and sort by
  unit                 TEXT,  -- ISO 4217 for money, %, else the measure word
  qualifier            TEXT NOT NULL,  -- exact, approx, at_least, …, range
  metric               TEXT,  -- what is measured
  subject              TEXT,  -- of whom or what
  period               TEXT,  -- TIMEX3 value
  period_mod           TEXT,  -- TIMEX3 modifier
  comparison_kind      TEXT,  -- yoy, mom, versus, from_to, multiple, share
  comparison_direction TEXT,  -- up, down
  comparison_baseline  TEXT,  -- against what
  attribution          TEXT,  -- who gives the figure
  modality             TEXT NOT NULL,  -- fact, forecast, hedged
  rule                 TEXT NOT NULL,  -- id of the rule that found it
  PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
  article       INTEGER NOT NULL REFERENCES article (seq),  -- where
  n             INTEGER NOT NULL,  -- place among the article's claims, from 0
  start_byte    INTEGER NOT NULL,  -- of the whole claim
  end_byte      INTEGER NOT NULL,  -- of the whole claim
  surface       TEXT NOT NULL,     -- the words as written
  source        TEXT,              -- who says so; NULL: the article names none
  source_kind   TEXT NOT NULL,     -- person, org, media, anonymous, author
  source_start  INTEGER,           -- byte of the source's words
  source_end    INTEGER,           -- byte after the source's words
  cue           TEXT NOT NULL,     -- the reporting word in simplified script
  cue_kind      TEXT NOT NULL,     -- said, reported, forecast, data_shows, denied
  cue_start     INTEGER NOT NULL,  -- byte of the cue
  cue_end       INTEGER NOT NULL,  -- byte after the cue
  content_start INTEGER NOT NULL,  -- byte of what is said
  content_end   INTEGER NOT NULL,  -- byte after what is said
  direct_quote  INTEGER NOT NULL,  -- 1 iff in quotation marks
  negated       INTEGER NOT NULL,  -- 1 iff the source denies the content
  nested        INTEGER NOT NULL,  -- 1 iff inside another claim
  parent        INTEGER,           -- n of the claim of the same article whose content holds this one
  modality      TEXT NOT NULL,     -- fact, forecast, hedged
  rule          TEXT NOT NULL,     -- id of the rule that found it
  PRIMARY KEY (article, n),
  FOREIGN KEY (article, parent) REFERENCES claim (article, n) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE relation (
  article    INTEGER NOT NULL REFERENCES article (seq),  -- where
  n          INTEGER NOT NULL,  -- place among the article's relations, from 0
  start_byte INTEGER NOT NULL,  -- of the whole relation
  end_byte   INTEGER NOT NULL,  -- of the whole relation
  surface    TEXT NOT NULL,     -- the words as written
  name       TEXT NOT NULL,     -- such as product_of
  rule       TEXT NOT NULL,     -- id of the rule that found it
  PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE role (
  article    INTEGER NOT NULL,  -- where
  relation   INTEGER NOT NULL,  -- n of the relation
  n          INTEGER NOT NULL,  -- place among the relation's roles, from 0
  start_byte INTEGER NOT NULL,  -- of the words that fill it
  end_byte   INTEGER NOT NULL,  -- of the words that fill it
  name       TEXT NOT NULL,     -- such as product, company
  value      TEXT NOT NULL,     -- what fills it
  PRIMARY KEY (article, relation, n),
  FOREIGN KEY (article, relation) REFERENCES relation (article, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
)sql";

// What a run read, so that the next one need not read it again, and what it could not read.
constexpr const char* kSecondSchema = R"sql(
CREATE TABLE input (
  key     TEXT PRIMARY KEY,  -- the SHA-256 of a document as read, or of that and its place
  article INTEGER NOT NULL REFERENCES article (seq)  -- what came of it, and stands unchanged
) STRICT, WITHOUT ROWID;
CREATE INDEX input_by_article ON input (article);

CREATE TABLE manifest (
  run    INTEGER NOT NULL REFERENCES run (id),  -- which run
  path   TEXT NOT NULL,     -- of a file that it read to its end, as found
  docs   INTEGER NOT NULL,  -- documents in it
  failed INTEGER NOT NULL,  -- those of them that could not be read
  bytes  INTEGER NOT NULL,  -- of its documents, decompressed
  sha256 TEXT NOT NULL,     -- of the SHA-256 of its documents, a line each
  PRIMARY KEY (run, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE failure (
  path   TEXT NOT NULL,     -- of the file, as found
  line   INTEGER NOT NULL,  -- from 1; 1 for a file that is one document
  reason TEXT NOT NULL,     -- why the document there could not be read
  run    INTEGER NOT NULL REFERENCES run (id),  -- run that last tried
  PRIMARY KEY (path, line)
) STRICT, WITHOUT ROWID;
)sql";

// Full-text search: single Han characters of the folded texts (search_text.h), found as phrases.
// The index keeps no text. A row of it that search_row no longer names is of a text that has
// changed.
constexpr const char* kThirdSchema = R"sql(
CREATE VIRTUAL TABLE search USING fts5(
  words, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0');
CREATE TABLE search_row (
  article INTEGER PRIMARY KEY REFERENCES article (seq),  -- which text
  row     INTEGER NOT NULL UNIQUE  -- its rowid in search
) STRICT;
)sql";

// What changed when an article was read again, and what editors say (verdict.h).
constexpr const char* kFourthSchema = R"sql(
CREATE TABLE rule_set (
  rules   TEXT NOT NULL,  -- id of the rule set
  rule    TEXT NOT NULL,  -- id of a rule in it
  version TEXT NOT NULL,  -- which version of the rule
  PRIMARY KEY (rules, rule)
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
  run          INTEGER NOT NULL REFERENCES run (id),  -- which run made it
  article      INTEGER NOT NULL REFERENCES article (seq),  -- where
  n            INTEGER NOT NULL,  -- place among the article's changes by the run, from 0
  added        INTEGER NOT NULL CHECK (added IN (-1, 1)),  -- 1: the fact is new, -1: it is gone
  kind         TEXT NOT NULL,     -- entity, time, figure, claim, relation
  start_byte   INTEGER NOT NULL,  -- in the text as it was when the fact was there
  end_byte     INTEGER NOT NULL,  -- in the text as it was when the fact was there
  surface      TEXT NOT NULL,     -- the words as written
  reading      TEXT NOT NULL,     -- what they are read as, in the notation
  rule         TEXT NOT NULL,     -- id of the rule that found it
  rule_version TEXT,              -- and its version
  PRIMARY KEY (run, article, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_by_article ON change (article);

CREATE TABLE verdict (
  hash          TEXT PRIMARY KEY,  -- SHA-256 of the other columns
  previous      TEXT,              -- hash of the verdict before it; NULL: the first
  place         INTEGER NOT NULL,  -- more than that of all verdicts known before; gives the order
  at            TEXT NOT NULL,     -- when, by the clock of the machine
  who           TEXT NOT NULL,     -- the editor
  decision      TEXT NOT NULL CHECK (decision IN ('accept', 'reject', 'edit', 'unsure')),  -- what
  why           TEXT,              -- the editor's reason
  edited        TEXT,              -- the right reading, where the decision is edit
  scope         TEXT CHECK (scope IN ('article', 'source', 'everywhere')),  -- what it hides
  within        TEXT,              -- id of that article, or name of that source
  article       TEXT NOT NULL,     -- id of the document
  text_sha256   TEXT NOT NULL,     -- of its text as it was judged
  kind          TEXT NOT NULL,     -- of the fact: entity, time, figure, claim, relation
  start_byte    INTEGER NOT NULL,  -- of the fact in that text
  end_byte      INTEGER NOT NULL,  -- of the fact in that text
  surface       TEXT NOT NULL,     -- its words
  reading       TEXT NOT NULL,     -- what they were read as, in the notation
  rule          TEXT NOT NULL,     -- id of the rule that found it
  rule_version  TEXT,              -- and its version
  passage       TEXT NOT NULL,     -- the sentences in which it stands
  passage_start INTEGER NOT NULL   -- byte of that text where they begin
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_by_article ON verdict (article);
CREATE INDEX verdict_by_place ON verdict (place);
CREATE TRIGGER verdict_stays BEFORE UPDATE ON verdict
BEGIN SELECT RAISE(ABORT, 'verdicts are never changed'); END;
CREATE TRIGGER verdict_remains BEFORE DELETE ON verdict
BEGIN SELECT RAISE(ABORT, 'verdicts are never removed'); END;

CREATE TABLE standing (
  verdict  TEXT PRIMARY KEY REFERENCES verdict (hash),  -- which verdict
  article  INTEGER REFERENCES article (seq),  -- the document; NULL: it is not stored
  standing TEXT NOT NULL,  -- whether it holds: same, moved, revalued, ambiguous, vanished
  n        INTEGER,        -- of the fact for which it does
  CHECK (standing IN ('same', 'moved', 'revalued', 'ambiguous', 'vanished')),
  CHECK ((n IS NOT NULL) = (standing IN ('same', 'moved')))
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_by_article ON standing (article);

CREATE TABLE suppression (
  verdict TEXT PRIMARY KEY REFERENCES verdict (hash),  -- the rejection
  scope   TEXT NOT NULL,  -- article, source, everywhere
  within  TEXT,           -- id of that article, or name of that source
  kind    TEXT NOT NULL,  -- of the facts that are hidden
  surface TEXT NOT NULL,  -- their words
  reading TEXT NOT NULL,  -- what they are read as
  rule    TEXT NOT NULL   -- the rule that finds them
) STRICT, WITHOUT ROWID;
CREATE INDEX suppression_by_words ON suppression (surface, kind);
)sql";

// Who wrote an article, what it said before, and which articles say the same.
constexpr const char* kFifthSchema = R"sql(
CREATE TABLE byline (
  article INTEGER PRIMARY KEY REFERENCES article (seq),  -- which says so
  authors TEXT,  -- who wrote it, a line each
  editor  TEXT   -- who answers for the page, apart from the authors
) STRICT;

CREATE TABLE revision (
  article     INTEGER NOT NULL REFERENCES article (seq),  -- which holds the newest text
  n           INTEGER NOT NULL,  -- place among its older texts, from 1
  run         INTEGER NOT NULL REFERENCES run (id),  -- run that found the next one
  title       TEXT,              -- headline as it was
  published   TEXT,              -- date as it was given
  text        TEXT NOT NULL,     -- as it was
  text_sha256 TEXT NOT NULL,     -- of the UTF-8 bytes, lower-case hexadecimal
  change      TEXT NOT NULL CHECK (change IN ('layout', 'typo', 'update', 'correction')),  -- to the next
  PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE sketch (
  article     INTEGER PRIMARY KEY REFERENCES article (seq),  -- of which text
  text_sha256 TEXT NOT NULL,  -- as it was then
  hashes      BLOB NOT NULL   -- a sample of its five-letter pieces (extract/sketch.h), 32 bits each
) STRICT;

CREATE TABLE duplicate (
  article INTEGER PRIMARY KEY REFERENCES article (seq),  -- which says what another one says, too
  lead    INTEGER NOT NULL REFERENCES article (seq),     -- the earliest of its group
  kind    TEXT NOT NULL CHECK (kind IN ('lead', 'same', 'near', 'story', 'excerpt')),  -- how alike
  share   REAL NOT NULL  -- so much of it stands in the lead; 0: it is alike to others of the group
) STRICT;
CREATE INDEX duplicate_by_lead ON duplicate (lead);

-- For people: the facts with the names of their articles, and without numbers to look up.
CREATE VIEW articles AS  -- what was read, with how much was found in it
  SELECT a.id AS article, a.day, a.source AS outlet, a.title, a.url, a.region, b.authors, b.editor,
    (SELECT count(*) FROM figure f WHERE f.article = a.seq) AS figures,
    (SELECT count(*) FROM claim c WHERE c.article = a.seq) AS claims,
    l.id AS says_the_same_as, a.text
  FROM article a LEFT JOIN byline b ON b.article = a.seq
  LEFT JOIN duplicate d ON d.article = a.seq AND d.lead <> a.seq LEFT JOIN article l ON l.seq = d.lead;
CREATE VIEW names AS  -- persons, organisations, places …, wherever they stand
  SELECT a.id AS article, a.day, a.source AS outlet, m.canonical AS name, m.type, m.surface AS words,
    m.start_byte, m.end_byte, m.rule
  FROM mention m JOIN article a ON a.seq = m.article;
CREATE VIEW times AS  -- days, times and lengths of time, resolved where the article's day is known
  SELECT a.id AS article, a.day, a.source AS outlet, t.surface AS words, t.type, t.value, t.mod,
    t.start_byte, t.end_byte, t.rule
  FROM time t JOIN article a ON a.seq = t.article;
CREATE VIEW figures AS  -- numbers with what they measure, of whom and when
  SELECT a.id AS article, a.day, a.source AS outlet, f.surface AS words, f.subject, f.metric, f.period,
    f.kind, f.value_min, f.value_max, f.unit, f.qualifier, f.comparison_kind, f.comparison_direction,
    f.comparison_baseline, f.attribution, f.modality, f.start_byte, f.end_byte, f.rule
  FROM figure f JOIN article a ON a.seq = f.article;
CREATE VIEW claims AS  -- who says what
  SELECT a.id AS article, a.day, a.source AS outlet, c.source AS speaker, c.source_kind AS speaker_kind,
    c.cue, c.cue_kind,
    CAST(substr(CAST(a.text AS BLOB), c.content_start + 1, c.content_end - c.content_start) AS TEXT)
      AS content,
    c.direct_quote, c.negated, c.modality, c.start_byte, c.end_byte, c.rule
  FROM claim c JOIN article a ON a.seq = c.article;
CREATE VIEW relations AS  -- who stands to whom in what relation, a role in each row
  SELECT a.id AS article, a.day, a.source AS outlet, r.name AS relation, o.name AS role, o.value AS name,
    r.surface AS words, r.start_byte, r.end_byte, r.rule
  FROM relation r JOIN role o ON o.article = r.article AND o.relation = r.n
  JOIN article a ON a.seq = r.article;
CREATE VIEW verdicts AS  -- what editors say of facts, the latest last
  SELECT v.at, v.who, v.decision, v.why, v.article, v.kind, v.surface AS words, v.reading, v.edited,
    s.standing, v.rule
  FROM verdict v LEFT JOIN standing s ON s.verdict = v.hash ORDER BY v.place;
)sql";

// Which bytes texts were read from, and where articles do not agree.
constexpr const char* kSixthSchema = R"sql(
CREATE TABLE provenance (
  article     INTEGER NOT NULL REFERENCES article (seq),  -- whose
  text_sha256 TEXT NOT NULL,     -- of the text that was read from it: the article's, or an older one's
  n           INTEGER NOT NULL,  -- which page of it, from 0
  path        TEXT NOT NULL,     -- of the file in which it stood, as found
  line        INTEGER NOT NULL,  -- from 1; the number of the record, row or entry in a container
  url         TEXT,              -- of a page behind the first
  size        INTEGER NOT NULL,  -- in bytes
  sha256      TEXT NOT NULL,     -- of the bytes, lower-case hexadecimal
  PRIMARY KEY (article, text_sha256, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE raw (
  sha256 TEXT PRIMARY KEY,  -- of the bytes
  bytes  BLOB NOT NULL      -- compressed as zstd
) STRICT;

CREATE TABLE conflict (
  kind    TEXT NOT NULL CHECK (kind IN ('rounding', 'correction', 'basis', 'conflict')),  -- how they differ
  subject TEXT NOT NULL,  -- of the figures
  metric  TEXT NOT NULL,  -- of the figures
  period  TEXT NOT NULL,  -- of the figures
  PRIMARY KEY (kind, subject, metric, period)
) STRICT, WITHOUT ROWID;
CREATE TABLE conflict_due (
  subject TEXT NOT NULL,  -- of figures that have changed since conflicts were looked for
  metric  TEXT NOT NULL,  -- of theirs
  period  TEXT NOT NULL,  -- of theirs
  PRIMARY KEY (subject, metric, period)
) STRICT, WITHOUT ROWID;
INSERT INTO conflict_due SELECT DISTINCT subject, metric, period FROM figure
  WHERE subject IS NOT NULL AND metric IS NOT NULL AND period IS NOT NULL AND modality = 'fact';
)sql";

constexpr std::array kAll = {kFirstSchema,  kSecondSchema, kThirdSchema,
                             kFourthSchema, kFifthSchema,  kSixthSchema};

}  // namespace

std::span<const char* const> Migrations() { return kAll; }

}  // namespace kaoju
