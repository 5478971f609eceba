"""Lisa Martin, Coercive Cooperation: Explaining Multilateral Economic Sanctions (1992)."""
