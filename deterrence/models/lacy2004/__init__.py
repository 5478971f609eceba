"""Dean Lacy and Emerson Niou, A Theory of Economic Sanctions and Issue Linkage (2004)."""
