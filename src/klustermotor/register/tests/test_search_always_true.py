"""Whatever is written in whatever order, the index says what the rows say."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from klustermotor.core.history import acting, bulk_create, bulk_update
from klustermotor.core.models import SearchEntry
from klustermotor.core.search import out_of_date, reindex
from klustermotor.register.models import (
    Establishment,
    FormerNumber,
    Organisation,
    OrganisationName,
    OrganisationTag,
    Person,
    PersonRole,
    Tag,
)

NAMES = st.sampled_from(["Stål AB", "Ås Bygg", "Café É", "Röros", "as", "Industrilokaler"])


def create(name):
    Organisation.objects.create(name=name)


def rename(name):
    for row in Organisation.objects.all()[:1]:
        row.name = name
        row.save()


def hang(name):
    for row in Organisation.objects.all()[:1]:
        OrganisationName.objects.get_or_create(organisation=row, name=name)
        FormerNumber.objects.get_or_create(organisation=row, number="5560360793")
        Establishment.objects.create(organisation=row, city=name)
        tag = Tag.objects.get_or_create(name=name)[0]
        OrganisationTag.objects.get_or_create(organisation=row, tag=tag)


def take_off(name):
    for row in OrganisationName.objects.all()[:1]:
        row.delete()


def delete(name):
    Organisation.objects.filter(pk__in=Organisation.objects.values("pk")[:1]).delete()


def load(name):
    bulk_create([Organisation(name=f"{name} {number}") for number in range(3)], Organisation)


def correct(name):
    rows = list(Organisation.objects.all())
    for row in rows:
        row.city = name
    bulk_update(rows, Organisation, ["city"])


def employ(name):
    person = Person.objects.create(name=name, email="kim@stal.example")
    for row in Organisation.objects.all()[:1]:
        PersonRole.objects.create(person=person, organisation=row, email="vd@stal.example")


WAYS = st.sampled_from([create, rename, hang, take_off, delete, load, correct, employ])


class TheIndex(TestCase):
    @settings(max_examples=25)
    @given(st.lists(st.tuples(WAYS, NAMES), max_size=8), st.booleans())
    def test_follows_every_write(self, writes, as_one_act):
        def write():
            for way, name in writes:
                way(name)

        if as_one_act:
            with acting(None, "test.written"):
                write()
        else:
            write()
        assert not any(out_of_date().values())
        kept = set(SearchEntry.objects.values_list("kind", "key", "scope", "title", "text"))
        reindex()
        assert kept == set(SearchEntry.objects.values_list("kind", "key", "scope", "title", "text"))
