"""Parts that a source adds to: what is there and what is told, as one."""

from typing import Any

from klustermotor.register.services.loading.decide import is_empty


def merged(name: str, had: Any, told: Any) -> Any:
    """All of both; of the same figure, role or name what is told now."""
    if is_empty(told):
        return had
    if isinstance(told, dict):
        return {**(had or {}), **told}
    if name == "role":
        whole = {tuple(role[:3]): list(role) for role in had or []}
        for at, title, since, until in told:
            key = (at, title, since)
            alike = next((k for k in whole if k[:2] == key[:2] and not since), key)
            old = whole.get(alike, [at, title, since, ""])
            whole[alike] = [*alike, until or old[3]]
        return list(whole.values())
    if name == "basis":
        known = {(basis[0], basis[1]) for basis in had or []}
        return [*(had or []), *(list(b) for b in told if (b[0], b[1]) not in known)]
    return sorted({*(had or []), *told})
