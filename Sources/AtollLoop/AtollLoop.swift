// AtollLoop
