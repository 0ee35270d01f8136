-- The first version: documents with what was found in them, as it was found.

-- What made results: versions, components, hashes of weights and options. `mark` tells two of them apart in what decides about results.
CREATE TABLE manifests (
    number INTEGER PRIMARY KEY,
    mark TEXT NOT NULL UNIQUE,
    manifest TEXT NOT NULL
);

-- `hash` is of everything that is mined, `text_hash` of the text alone. Of a document whose
-- cells cannot hold everything (lone surrogates) `exact` has all, as JSON. `places` are what a reader knew of parts of the text, such as whose turn one is.
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    language TEXT NOT NULL,
    date TEXT,
    source TEXT,
    url TEXT,
    text TEXT NOT NULL,
    words INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    exact TEXT,
    places TEXT,
    hash TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    manifest INTEGER NOT NULL REFERENCES manifests
);
CREATE INDEX documents_date ON documents (date);
CREATE INDEX documents_source ON documents (source);
CREATE INDEX documents_text_hash ON documents (text_hash);
CREATE INDEX documents_manifest ON documents (manifest);

CREATE TABLE speakers (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT,
    kind TEXT NOT NULL,
    quotes INTEGER NOT NULL,
    quoted_words INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    spans TEXT NOT NULL,
    identifiers TEXT NOT NULL,
    attributes TEXT NOT NULL,
    UNIQUE (document, id)
);

-- Where speakers are named, in text order.
CREATE TABLE mentions (
    speaker INTEGER NOT NULL REFERENCES speakers ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (speaker, start, "end")
) WITHOUT ROWID;

CREATE TABLE quotes (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    words INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    spans TEXT NOT NULL,
    kind TEXT NOT NULL,
    cue TEXT,
    cue_lemma TEXT,
    cue_spans TEXT NOT NULL,
    source TEXT,
    source_start INTEGER,
    source_end INTEGER,
    speaker INTEGER REFERENCES speakers ON DELETE SET NULL,
    addressee INTEGER REFERENCES speakers ON DELETE SET NULL,
    addressee_start INTEGER,
    addressee_end INTEGER,
    parent TEXT,
    layout TEXT NOT NULL,
    modality TEXT NOT NULL,
    confidence REAL NOT NULL,
    speaker_confidence REAL,
    extractor TEXT NOT NULL,
    version TEXT NOT NULL,
    detail TEXT NOT NULL,
    UNIQUE (document, id)
);
CREATE INDEX quotes_speaker ON quotes (speaker);
CREATE INDEX quotes_addressee ON quotes (addressee);

CREATE TABLE claims (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    sentence TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    spans TEXT NOT NULL,
    kind TEXT NOT NULL,
    claimant INTEGER REFERENCES speakers ON DELETE SET NULL,
    quote TEXT,
    check_worthiness REAL NOT NULL,
    modality TEXT NOT NULL,
    negated INTEGER NOT NULL,
    quantities TEXT NOT NULL,
    times TEXT NOT NULL,
    confidence REAL NOT NULL,
    extractor TEXT NOT NULL,
    version TEXT NOT NULL,
    detail TEXT NOT NULL,
    UNIQUE (document, id)
);
CREATE INDEX claims_claimant ON claims (claimant);
CREATE INDEX claims_check_worthiness ON claims (check_worthiness);

-- What went wrong with a document and did not stop the rest.
CREATE TABLE issues (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    component TEXT NOT NULL,
    document_id TEXT NOT NULL,
    message TEXT NOT NULL,
    severity TEXT NOT NULL
);
CREATE INDEX issues_document ON issues (document);

-- Full-text search; the words themselves stand in the tables only.
CREATE VIRTUAL TABLE documents_words USING fts5 (
    title, text, content = 'documents', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE quotes_words USING fts5 (
    text, content = 'quotes', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_inserted AFTER INSERT ON documents BEGIN
    INSERT INTO documents_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER documents_deleted AFTER DELETE ON documents BEGIN
    INSERT INTO documents_words (documents_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END;
CREATE TRIGGER documents_updated AFTER UPDATE OF title, text ON documents BEGIN
    INSERT INTO documents_words (documents_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
    INSERT INTO documents_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER quotes_inserted AFTER INSERT ON quotes BEGIN
    INSERT INTO quotes_words (rowid, text) VALUES (new.number, new.text);
END;
CREATE TRIGGER quotes_deleted AFTER DELETE ON quotes BEGIN
    INSERT INTO quotes_words (quotes_words, rowid, text) VALUES ('delete', old.number, old.text);
END;
CREATE TRIGGER quotes_updated AFTER UPDATE OF text ON quotes BEGIN
    INSERT INTO quotes_words (quotes_words, rowid, text) VALUES ('delete', old.number, old.text);
    INSERT INTO quotes_words (rowid, text) VALUES (new.number, new.text);
END;

CREATE VIEW quotes_by_person AS
SELECT s.name AS person, s.role AS role, q.text AS text, q.kind AS kind, q.cue AS cue, d.date AS date, d.source AS outlet,
       d.title AS title, d.url AS url, d.id AS document, q.confidence AS confidence, q.number AS quote
FROM quotes AS q
JOIN documents AS d ON d.number = q.document
LEFT JOIN speakers AS s ON s.number = q.speaker;

CREATE VIEW share_of_voice AS
SELECT s.name AS person, max(s.kind) AS kind, count(DISTINCT s.document) AS documents, sum(s.quotes) AS quotes,
       sum(s.quoted_words) AS words, sum(s.claims) AS claims
FROM speakers AS s
WHERE s.quotes > 0 OR s.claims > 0
GROUP BY lower(s.name);

CREATE VIEW claims_to_check AS
SELECT c.check_worthiness AS check_worthiness, c.sentence AS sentence, c.text AS text, c.kind AS kind, s.name AS claimant, d.date AS date,
       d.source AS outlet, d.title AS title, d.url AS url, d.id AS document, c.number AS claim
FROM claims AS c
JOIN documents AS d ON d.number = c.document
LEFT JOIN speakers AS s ON s.number = c.claimant
WHERE c.check_worthiness >= 0.5;
