"""Is everything as it was written? Chains, records, clear values, tree, checkpoints, guards: read once, memory flat."""

from qms.trail.verify.findings import Finding, Report
from qms.trail.verify.whole import register, verify

__all__ = ["Finding", "Report", "register", "verify"]
