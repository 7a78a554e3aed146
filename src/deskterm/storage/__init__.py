"""The only room that speaks SQL: tables, migrations, and one module a noun."""
