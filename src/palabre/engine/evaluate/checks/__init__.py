"""Functional checks: small written cases that each ask one thing of the engine, in French and English."""
