// AtollYAMLTests
