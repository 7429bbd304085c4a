// AtollStore
