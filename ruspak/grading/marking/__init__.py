"""Third step: what came back is read with suspicion and judged against the key."""
