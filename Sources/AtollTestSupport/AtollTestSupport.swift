// AtollTestSupport
