"""Instruments of development: what the checker answers on many real texts, compared and counted. No part of the package."""
