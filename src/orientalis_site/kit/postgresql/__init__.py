"""Django's PostgreSQL, which in a process that serves keeps a few lines to the database open."""
