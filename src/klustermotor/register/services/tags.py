"""Tags, and positions in the value chains of clusters."""

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import (
    Organisation,
    OrganisationTag,
    Tag,
    ValueChainPosition,
)
from klustermotor.register.services import hanging
from klustermotor.register.services.done import Done


def put_tag(organisation: Organisation, name: str, *, by: User) -> Done[OrganisationTag]:
    """Put a tag on an organisation, made when there is none of this name in any case of letters."""
    name = " ".join(name.split())
    with acting(by, "organisation.tagged") as act:
        tag = Tag.objects.filter(name__iexact=name).order_by("name").first()
        tag = tag or Tag.objects.create(name=name)
        row = OrganisationTag.objects.filter(organisation=organisation, tag=tag).first()
        if row is None:
            row = OrganisationTag.objects.create(organisation=organisation, tag=tag)
            hanging.touch(row)
    return Done(row, act.at)


def take_position(
    organisation: Organisation, cluster: str, position: str, *, by: User
) -> Done[ValueChainPosition]:
    """Place an organisation in the value chain of a cluster; it may stand in several places."""
    cluster = " ".join(cluster.split())
    with acting(by, "organisation.placed") as act:
        chosen = {"organisation": organisation, "cluster": cluster, "position": position}
        row = ValueChainPosition.objects.filter(**chosen).first()
        if row is None:
            row = ValueChainPosition.objects.create(**chosen)
            hanging.touch(row)
    return Done(row, act.at)
