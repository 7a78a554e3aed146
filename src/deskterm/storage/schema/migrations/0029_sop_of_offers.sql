-- The procedure that fits a ticket's newest mail, for the list. Offers are thought about anew.
DELETE FROM offer;
ALTER TABLE offer ADD COLUMN sop TEXT NOT NULL DEFAULT ''; -- its title, empty where none fits
