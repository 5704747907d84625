"""Where the material shared beside a checkout is found; tests that read it say so when it is absent."""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
