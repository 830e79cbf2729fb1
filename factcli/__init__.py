"""Facts about Oman's defence cooperation, looked up in a terminal."""

__version__ = "0.1.0"
