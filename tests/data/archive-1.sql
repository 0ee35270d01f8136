-- An archive as the first version wrote it: what every later version must read.
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
INSERT INTO manifests VALUES (1, '3bbeb65f9790be210953f7c57b932a9c', '{"quoteminer": "0.1.0", "python": "3.11.7", "plugins": [{"name": "rules", "distribution": "quoteminer", "version": "0.1.0", "components": [{"name": "rules.claims", "hook": "quoteminer_claim_extractors", "version": "0.1.0"}, {"name": "rules.en", "hook": "quoteminer_languages"}, {"name": "rules.quotes", "hook": "quoteminer_quote_extractors", "sha256": "eea8c4333d0bbd0dce3c06f99cfa8eefb5f3ed66c4903b40fd9a4968fd259977", "version": "0.1.0"}, {"name": "rules.turns", "hook": "quoteminer_quote_extractors", "version": "0.1.0"}, {"name": "rules.speakers", "hook": "quoteminer_speaker_resolvers", "version": "0.1.0"}, {"name": "rules.labels", "hook": "quoteminer_speaker_resolvers", "version": "0.1.0"}]}], "options": {"scope": "speech", "time_limit": null}}');
INSERT INTO documents VALUES (1, 'gazette-1', 'After the flood', 'en', '2026-01-12', 'Hill Gazette', 'https://gazette.example/1', '“The flood defences held,” Mayor Ana Ruiz said on Monday. She told reporters that 40 houses were saved.', 18, '{"date":"2026-01-12","source":"Hill Gazette","url":"https://gazette.example/1"}', NULL, NULL, '5da3f246ffc9f2c76c42375c5074f159', 'de241f329b969299636694d9db00cb7b', 1);
INSERT INTO documents VALUES (2, 'courier-7', 'Defences held, says mayor', 'en', '2026-01-13', 'Vale Courier', NULL, 'The mayor, Ana Ruiz, said the flood defences held. “Nobody was hurt,” said Bob Moor, a fireman.', 17, '{"date":"2026-01-13","source":"Vale Courier"}', NULL, NULL, '06b3a432618e7648668585688d5df94d', '91b4202f4877cd485a0d57fcf7d4636b', 1);
INSERT INTO documents VALUES (3, 'undated', NULL, 'en', NULL, NULL, NULL, '“Rents rose by 5 percent in 2025,” Kate Ilves told the council.�', 12, '{}', '{"schema": "quoteminer/2", "document": {"id": "undated", "text": "\u201cRents rose by 5 percent in 2025,\u201d Kate Ilves told the council.\ud800", "language": "en", "title": null, "metadata": {}}, "quotes": [{"id": "q1", "kind": "direct", "content": [[1, 33]], "cue": [[46, 50]], "cue_lemma": "tell", "source": [35, 45], "speaker": "s1", "speaker_confidence": 0.97, "addressee": "s2", "addressee_mention": [51, 62], "parent": null, "layout": "running", "modality": "asserted", "confidence": 0.966, "provenance": {"extractor": "rules.quotes", "version": "0.1.0", "detail": {"rule": "postposed", "class": "speech", "speaker": "name"}}}], "speakers": [{"id": "s1", "name": "Kate Ilves", "role": null, "kind": "person", "mentions": [[35, 45]], "identifiers": {}, "attributes": {}}, {"id": "s2", "name": "the council", "role": null, "kind": "organisation", "mentions": [[51, 62]], "identifiers": {}, "attributes": {}}], "claims": [{"id": "c1", "spans": [[1, 32]], "kind": "quantity", "claimant": "s1", "quote": "q1", "check_worthiness": 0.9668, "modality": "asserted", "negated": false, "quantities": [{"span": [15, 24], "value": 5.0, "unit": "%"}], "times": [{"span": [28, 32], "value": "2025"}], "confidence": 0.922, "provenance": {"extractor": "rules.claims", "version": "0.1.0", "detail": {"clause": "main", "worth": ["in <year>", "<number>", "percent"]}}}], "issues": []}', NULL, '2dfd9b79f78e79fc9ffa244017b754aa', 'a947dcd5bf2631ed0f1125cd0ab2c440', 1);
INSERT INTO speakers VALUES (1, 1, 's1', 'Ana Ruiz', 'Mayor', 'person', 2, 9, 1, '[[27,41],[58,61]]', '{}', '{}');
INSERT INTO speakers VALUES (2, 1, 's2', 'reporters', NULL, 'group', 0, 0, 0, '[[67,76]]', '{}', '{}');
INSERT INTO speakers VALUES (3, 2, 's1', 'Ana Ruiz', 'mayor', 'person', 1, 4, 1, '[[11,19]]', '{}', '{}');
INSERT INTO speakers VALUES (4, 2, 's2', 'Bob Moor', NULL, 'person', 1, 3, 0, '[[75,83]]', '{}', '{}');
INSERT INTO speakers VALUES (5, 3, 's1', 'Kate Ilves', NULL, 'person', 1, 7, 1, '[[35,45]]', '{}', '{}');
INSERT INTO speakers VALUES (6, 3, 's2', 'the council', NULL, 'organisation', 0, 0, 0, '[[51,62]]', '{}', '{}');
INSERT INTO mentions VALUES (1, 27, 41, 'Mayor Ana Ruiz');
INSERT INTO mentions VALUES (1, 58, 61, 'She');
INSERT INTO mentions VALUES (2, 67, 76, 'reporters');
INSERT INTO mentions VALUES (3, 11, 19, 'Ana Ruiz');
INSERT INTO mentions VALUES (4, 75, 83, 'Bob Moor');
INSERT INTO mentions VALUES (5, 35, 45, 'Kate Ilves');
INSERT INTO mentions VALUES (6, 51, 62, 'the council');
INSERT INTO quotes VALUES (1, 1, 'q1', 'The flood defences held,', 4, 1, 25, '[[1,25]]', 'direct', 'said', 'say', '[[42,46]]', 'Mayor Ana Ruiz', 27, 41, 1, NULL, NULL, NULL, NULL, 'running', 'asserted', 0.991, 0.97, 'rules.quotes', '0.1.0', '{"rule":"postposed","class":"speech","speaker":"name"}');
INSERT INTO quotes VALUES (2, 1, 'q2', 'that 40 houses were saved', 5, 77, 102, '[[77,102]]', 'indirect', 'told', 'tell', '[[62,66]]', 'She', 58, 61, 1, 2, 67, 76, NULL, 'running', 'asserted', 0.969, 0.988, 'rules.quotes', '0.1.0', '{"rule":"that","class":"speech","speaker":"pronoun"}');
INSERT INTO quotes VALUES (3, 2, 'q1', 'the flood defences held', 4, 26, 49, '[[26,49]]', 'indirect', 'said', 'say', '[[21,25]]', 'Ana Ruiz', 11, 19, 3, NULL, NULL, NULL, NULL, 'running', 'asserted', 0.964, 0.97, 'rules.quotes', '0.1.0', '{"rule":"clause","class":"speech","speaker":"name"}');
INSERT INTO quotes VALUES (4, 2, 'q2', 'Nobody was hurt,', 3, 52, 68, '[[52,68]]', 'direct', 'said', 'say', '[[70,74]]', 'Bob Moor', 75, 83, 4, NULL, NULL, NULL, NULL, 'running', 'asserted', 0.946, 0.97, 'rules.quotes', '0.1.0', '{"rule":"inverted","class":"speech","speaker":"name"}');
INSERT INTO quotes VALUES (5, 3, 'q1', 'Rents rose by 5 percent in 2025,', 7, 1, 33, '[[1,33]]', 'direct', 'told', 'tell', '[[46,50]]', 'Kate Ilves', 35, 45, 5, 6, 51, 62, NULL, 'running', 'asserted', 0.966, 0.97, 'rules.quotes', '0.1.0', '{"rule":"postposed","class":"speech","speaker":"name"}');
INSERT INTO claims VALUES (1, 1, 'c1', '40 houses were saved', '40 houses were saved.', 82, 102, '[[82,102]]', 'quantity', 1, 'q2', 0.9695, 'asserted', 0, '[{"text":"40","span":[82,84],"value":40.0,"unit":"houses"}]', '[]', 0.888, 'rules.claims', '0.1.0', '{"clause":"main","worth":["<number>","were","saved"]}');
INSERT INTO claims VALUES (2, 2, 'c1', 'the flood defences held', 'The flood defences held.', 26, 49, '[[26,49]]', 'event', 3, 'q1', 0.8507, 'asserted', 0, '[]', '[]', 0.5474, 'rules.claims', '0.1.0', '{"clause":"main","worth":[]}');
INSERT INTO claims VALUES (3, 3, 'c1', 'Rents rose by 5 percent in 2025', 'Rents rose by 5 percent in 2025.', 1, 32, '[[1,32]]', 'quantity', 5, 'q1', 0.9668, 'asserted', 0, '[{"text":"5 percent","span":[15,24],"value":5.0,"unit":"%"}]', '[{"text":"2025","span":[28,32],"value":"2025"}]', 0.922, 'rules.claims', '0.1.0', '{"clause":"main","worth":["in <year>","<number>","percent"]}');
PRAGMA application_id = 1364025714;
PRAGMA user_version = 1;
