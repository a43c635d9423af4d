"""What the product costs, measured in one run as ratios on throwaway databases: see docs/performance.md."""
