"""The fast pass: hashed n-grams, a quantised matrix, a small head over it, and its calibration."""
