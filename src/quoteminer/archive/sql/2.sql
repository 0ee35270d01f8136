-- The second version: people and words across documents, and what people have decided about what was found.

-- `status` is what somebody decided: accepted, rejected, edited or added; without a decision NULL. `wording` leads to the utterance.
ALTER TABLE quotes ADD COLUMN status TEXT;
ALTER TABLE quotes ADD COLUMN wording INTEGER REFERENCES wordings ON DELETE SET NULL;
ALTER TABLE claims ADD COLUMN status TEXT;
ALTER TABLE claims ADD COLUMN wording INTEGER REFERENCES wordings ON DELETE SET NULL;
CREATE INDEX quotes_parent ON quotes (document, parent) WHERE parent IS NOT NULL;
CREATE INDEX quotes_wording ON quotes (wording);
CREATE INDEX claims_wording ON claims (wording);
CREATE INDEX quotes_without_wording ON quotes (number) WHERE wording IS NULL;
CREATE INDEX claims_without_wording ON claims (number) WHERE wording IS NULL;

-- `form` is the name as names are compared, and `block` the part of it that people of one name share; `person`, `reason` and `certainty` say who it is
-- across documents, and why. Speakers who are described and not named are nobody across documents.
ALTER TABLE speakers ADD COLUMN form TEXT;
ALTER TABLE speakers ADD COLUMN block TEXT;
ALTER TABLE speakers ADD COLUMN person TEXT;
ALTER TABLE speakers ADD COLUMN reason TEXT;
ALTER TABLE speakers ADD COLUMN certainty REAL;
UPDATE speakers SET
    form = name_form(name, kind, (SELECT group_concat(text, char(10)) FROM mentions WHERE speaker = number)),
    block = name_block(name, kind, (SELECT group_concat(text, char(10)) FROM mentions WHERE speaker = number));
CREATE INDEX speakers_block ON speakers (block);
CREATE INDEX speakers_person ON speakers (person);

CREATE INDEX speakers_form ON speakers (form);

-- Every form of a name once, to be searched by its words.
CREATE TABLE forms (number INTEGER PRIMARY KEY, form TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE forms_words USING fts5 (form, content = 'forms', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER forms_inserted AFTER INSERT ON forms BEGIN
    INSERT INTO forms_words (rowid, form) VALUES (new.number, new.form);
END;
CREATE TRIGGER forms_deleted AFTER DELETE ON forms BEGIN
    INSERT INTO forms_words (forms_words, rowid, form) VALUES ('delete', old.number, old.form);
END;
INSERT OR IGNORE INTO forms (form) SELECT form FROM speakers WHERE form IS NOT NULL ORDER BY number;
CREATE TRIGGER speakers_named AFTER INSERT ON speakers WHEN new.form IS NOT NULL BEGIN
    INSERT OR IGNORE INTO forms (form) VALUES (new.form);
END;

CREATE TABLE speaker_identifiers (
    speaker INTEGER NOT NULL REFERENCES speakers ON DELETE CASCADE,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (speaker, scheme)
) WITHOUT ROWID;
CREATE INDEX speaker_identifiers_value ON speaker_identifiers (scheme, value);
INSERT INTO speaker_identifiers SELECT s.number, j.key, j.value FROM speakers AS s, json_each(s.identifiers) AS j;

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT,
    kind TEXT NOT NULL,
    forms TEXT NOT NULL,
    identifiers TEXT NOT NULL
);

-- Blocks of names that have changed since people were last joined.
CREATE TABLE changed_blocks (block TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT OR IGNORE INTO changed_blocks SELECT block FROM speakers WHERE block IS NOT NULL;
CREATE TRIGGER speakers_inserted AFTER INSERT ON speakers WHEN new.block IS NOT NULL BEGIN
    INSERT OR IGNORE INTO changed_blocks VALUES (new.block);
END;
CREATE TRIGGER speakers_deleted AFTER DELETE ON speakers WHEN old.block IS NOT NULL BEGIN
    INSERT OR IGNORE INTO changed_blocks VALUES (old.block);
END;

-- People of speakers that are gone; they may be nobody any more.
CREATE TABLE left_people (person TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TRIGGER speakers_left AFTER DELETE ON speakers WHEN old.person IS NOT NULL BEGIN
    INSERT OR IGNORE INTO left_people VALUES (old.person);
END;

-- What somebody decided. Of a quotation or claim: by the hash of the text and the spans in it; `words` are what stands there, for another text under
-- the same id. `value` is what it becomes, `was` what it was.
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY,
    verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected', 'edited', 'added')),
    kind TEXT NOT NULL CHECK (kind IN ('quote', 'claim')),
    document TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    spans TEXT NOT NULL,
    words TEXT NOT NULL,
    value TEXT,
    was TEXT,
    note TEXT,
    made TEXT NOT NULL
);
CREATE INDEX decisions_text_hash ON decisions (text_hash);
CREATE INDEX decisions_document ON decisions (document);

-- That the speaker of a name (`left_form`) in one text is (`same`), or is not (`apart`), one of a name in another.
CREATE TABLE people_decisions (
    number INTEGER PRIMARY KEY,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'apart')),
    left_document TEXT NOT NULL,
    left_text_hash TEXT NOT NULL,
    left_form TEXT NOT NULL,
    left_block TEXT NOT NULL,
    right_document TEXT NOT NULL,
    right_text_hash TEXT NOT NULL,
    right_form TEXT NOT NULL,
    right_block TEXT NOT NULL,
    note TEXT,
    made TEXT NOT NULL
);

-- Hashes of texts that somebody asked to forget; they are not collected again.
CREATE TABLE forgotten (text_hash TEXT PRIMARY KEY, made TEXT NOT NULL) WITHOUT ROWID;

-- Each different wording once, folded, also in its `small` words where it has few others; those that say the same thing have one `utterance`, the number of the first of them.
CREATE TABLE wordings (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    voice TEXT NOT NULL,
    words TEXT NOT NULL,
    small INTEGER NOT NULL,
    utterance INTEGER NOT NULL
);
CREATE INDEX wordings_kind ON wordings (kind, number);
CREATE INDEX wordings_utterance ON wordings (utterance);
-- Neighbouring words of a wording, as hashes, by which others that share some of them are found.
CREATE TABLE shingles (
    shingle INTEGER NOT NULL,
    wording INTEGER NOT NULL REFERENCES wordings ON DELETE CASCADE,
    PRIMARY KEY (shingle, wording)
) WITHOUT ROWID;
CREATE INDEX shingles_wording ON shingles (wording);

-- Wordings that a quotation or claim had which is gone; nobody may have them any more.
CREATE TABLE left_wordings (wording INTEGER PRIMARY KEY);
CREATE TRIGGER quotes_left AFTER DELETE ON quotes WHEN old.wording IS NOT NULL BEGIN
    INSERT OR IGNORE INTO left_wordings VALUES (old.wording);
END;
CREATE TRIGGER claims_left AFTER DELETE ON claims WHEN old.wording IS NOT NULL BEGIN
    INSERT OR IGNORE INTO left_wordings VALUES (old.wording);
END;

-- The views that people ask. What was rejected is in none of them.
DROP VIEW quotes_by_person;
CREATE VIEW quotes_by_person AS
SELECT coalesce(p.name, s.name) AS person, coalesce(s.role, p.role) AS role, q.text AS text, q.kind AS kind, q.cue AS cue, d.date AS date,
       d.source AS outlet, d.title AS title, d.url AS url, d.id AS document, q.confidence AS confidence, q.status AS status, s.person AS person_id,
       w.utterance AS utterance, q.number AS quote
FROM quotes AS q
JOIN documents AS d ON d.number = q.document
LEFT JOIN speakers AS s ON s.number = q.speaker
LEFT JOIN people AS p ON p.id = s.person
LEFT JOIN wordings AS w ON w.number = q.wording
WHERE q.status IS NOT 'rejected';

DROP VIEW share_of_voice;
CREATE VIEW share_of_voice AS
SELECT p.name AS person, p.role AS role, p.kind AS kind, count(DISTINCT q.document) AS documents, count(*) AS quotes, sum(q.words) AS words,
       round(1.0 * sum(q.words) / (SELECT sum(words) FROM quotes WHERE status IS NOT 'rejected'), 4) AS share,
       min(d.date) AS first, max(d.date) AS last, p.id AS person_id
FROM quotes AS q
JOIN documents AS d ON d.number = q.document
JOIN speakers AS s ON s.number = q.speaker
JOIN people AS p ON p.id = s.person
WHERE q.status IS NOT 'rejected'
GROUP BY p.id;

DROP VIEW claims_to_check;
CREATE VIEW claims_to_check AS
SELECT c.check_worthiness AS check_worthiness, c.sentence AS sentence, c.text AS text, c.kind AS kind, coalesce(p.name, s.name) AS claimant,
       d.date AS date, d.source AS outlet, d.title AS title, d.url AS url, d.id AS document, c.status AS status, s.person AS person_id,
       w.utterance AS claim_group, c.number AS claim
FROM claims AS c
JOIN documents AS d ON d.number = c.document
LEFT JOIN speakers AS s ON s.number = c.claimant
LEFT JOIN people AS p ON p.id = s.person
LEFT JOIN wordings AS w ON w.number = c.wording
WHERE c.check_worthiness >= 0.5 AND c.status IS NOT 'rejected';

-- The same words again: first seen where and when, how often, in how many outlets and forms.
CREATE VIEW utterances AS
SELECT w.utterance AS utterance, count(*) AS quotes, count(DISTINCT q.document) AS documents, count(DISTINCT d.source) AS outlets,
       count(DISTINCT q.wording) AS forms, count(DISTINCT q.kind) AS kinds, min(d.date) AS first, max(d.date) AS last
FROM quotes AS q
JOIN wordings AS w ON w.number = q.wording
JOIN documents AS d ON d.number = q.document
WHERE q.status IS NOT 'rejected'
GROUP BY w.utterance;
