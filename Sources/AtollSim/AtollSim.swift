// AtollSim
