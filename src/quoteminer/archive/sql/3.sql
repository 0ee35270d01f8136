-- The third version: names of people are taken apart in another way, by which blocks of names that may be of one person are others. `form` folds letters
-- such as "ł" as well; of a last name in two parts with a hyphen, the first leads to the block; letters behind a name ("MP") are none of it.

UPDATE speakers SET
    form = name_form(name, kind, (SELECT group_concat(text, char(10)) FROM mentions WHERE speaker = number)),
    block = name_block(name, kind, (SELECT group_concat(text, char(10)) FROM mentions WHERE speaker = number));
INSERT OR IGNORE INTO forms (form) SELECT form FROM speakers WHERE form IS NOT NULL ORDER BY number;
DELETE FROM forms WHERE form NOT IN (SELECT form FROM speakers WHERE form IS NOT NULL);
-- Decisions go by the same names as before, which are in other blocks now.
UPDATE people_decisions SET
    left_block = coalesce((SELECT block FROM speakers WHERE form = left_form LIMIT 1), left_block),
    right_block = coalesce((SELECT block FROM speakers WHERE form = right_form LIMIT 1), right_block);
-- Who is whom is told anew.
DELETE FROM changed_blocks;
INSERT OR IGNORE INTO changed_blocks SELECT DISTINCT block FROM speakers WHERE block IS NOT NULL;
