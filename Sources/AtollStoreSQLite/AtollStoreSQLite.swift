// AtollStoreSQLite
