"""Cheap talk."""
def is_talk(signal): return False
