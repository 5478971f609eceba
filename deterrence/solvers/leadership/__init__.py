"""A leader who commits to a whole strategy, and a follower who answers it: exact linear programmes, one a reply."""
