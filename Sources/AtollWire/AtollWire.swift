// AtollWire
