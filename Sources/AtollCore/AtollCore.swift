// AtollCore
