"""Who may see and change the register: those whom it is for, and whom upper rooms let in."""

import rules

from klustermotor.core.grants import granted
from klustermotor.core.rules import is_administrator

rules.add_perm("register.view", is_administrator | granted("register.view"))
rules.add_perm("register.change", is_administrator | granted("register.change"))
rules.add_perm("register.load", is_administrator | granted("register.load"))
rules.add_perm("register.see_secret", is_administrator | granted("register.see_secret"))
rules.add_perm("register.mark_secret", is_administrator | granted("register.mark_secret"))
rules.add_perm("privacy.administer", is_administrator)
