import rules

rules.add_perm("portal.overview", rules.is_authenticated)
