"""Avenhaus, von Stengel and Zamir (2002), Inspection Games."""
