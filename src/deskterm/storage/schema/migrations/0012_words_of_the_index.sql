-- The words of the search index with how many messages have each: a misspelt word is looked up here.
CREATE VIRTUAL TABLE search_word USING fts5vocab(search, row);
