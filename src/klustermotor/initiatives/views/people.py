"""Users and what they are to the initiatives: the administrator's pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.models import User
from klustermotor.core.services import save_user
from klustermotor.core.toasts import say
from klustermotor.initiatives import services
from klustermotor.initiatives.forms import AssignmentForm, UserForm
from klustermotor.initiatives.models import Assignment
from klustermotor.register.forms.responsibility import DeveloperForm


def _roles(user: User) -> str:
    roles = [f"{one.initiative}: {one.get_role_display()}" for one in user.assignments.all()]
    developer = _("municipal developer")
    roles += [f"{one.municipality}: {developer}" for one in user.municipalities.all()]
    roles += [f"{one.organisation}: {_('contact')}" for one in user.contacts.all()]
    return ", ".join(roles)


COLUMNS = [
    Column(
        "name",
        gettext_lazy("Name"),
        str,
        sort="name",
        url=lambda user: reverse("user", kwargs={"user": user.pk}),
    ),
    Column("email", gettext_lazy("E-mail"), lambda user: user.email, sort="email"),
    Column("roles", gettext_lazy("Roles"), _roles),
    Column(
        "state",
        gettext_lazy("State"),
        lambda user: (
            _("closed")
            if not user.is_active
            else _("administrator")
            if user.is_administrator
            else _("active")
        ),
    ),
    Column("last_login", gettext_lazy("Last login"), lambda user: user.last_login),
]


@requires("core.administer")
def users(request: HttpRequest) -> HttpResponse:
    """Everyone who may log in, and what they are to the initiatives."""
    rows = User.objects.prefetch_related(
        "assignments__initiative", "municipalities__municipality", "contacts__role__organisation"
    )
    order = order_of(request, COLUMNS, default="name")
    if file := exported(request, rows, COLUMNS, order, "users"):
        return file
    context = {"page": list_page(request, rows, COLUMNS, order)}
    return render(request, "initiatives/users.html", context)


@requires("core.administer")
def create_user(request: HttpRequest) -> HttpResponse:
    """A new user, who logs in the first time by a code sent to their e-mail."""
    form = UserForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        user = save_user(form.save(commit=False), by=request.user)
        say(request, _("The account is open. The user logs in by a code sent by e-mail."))
        return redirect("user", user=user.pk)
    return render(request, "initiatives/user.html", {"form": form})


def user_of(user: int) -> User:
    """The user with this number; Http404 when there is none."""
    return get_object_or_404(User.objects.prefetch_related("assignments__initiative"), pk=user)


@requires("core.administer", user_of)
def show_user(request: HttpRequest, user: User) -> HttpResponse:
    """One user: what is known of them, and their roles."""
    form = UserForm(request.POST or None, instance=user, by=request.user)
    if request.method == "POST" and form.is_valid():
        save_user(form.save(commit=False), by=request.user)
        say(request, _("Saved."))
        return redirect("user", user=user.pk)
    context = {
        "form": form,
        "person": user,
        "assignments": user.assignments.all(),
        "assignment_form": AssignmentForm(initial={"user": user.pk}),
        "municipalities": user.municipalities.select_related("municipality"),
        "municipality_form": DeveloperForm(initial={"user": user.pk}),
    }
    return render(request, "initiatives/user.html", context)


@require_POST
@requires("initiatives.assign")
def assign(request: HttpRequest) -> HttpResponse:
    """Give a user a role in an initiative."""
    form = AssignmentForm(request.POST)
    if not form.is_valid():
        return render(request, "initiatives/assign.html", {"form": form}, status=422)
    data = form.cleaned_data
    made = services.assign(data["user"], data["initiative"], data["role"], by=request.user)
    undo = reverse("assignment_end", kwargs={"assignment": made.pk})
    say(request, _("The role was given."), undo=undo)
    return redirect("user", user=data["user"].pk)


def assignment_of(assignment: str) -> Assignment:
    """The role that was given; Http404 when there is none."""
    return get_object_or_404(Assignment.objects.select_related("user", "initiative"), pk=assignment)


@require_POST
@requires("initiatives.end_assignment", assignment_of)
def end(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Take a role away, with the way back."""
    user = assignment.user
    removed = services.end_assignment(assignment, by=request.user)
    undo = reverse("assignment_restore", kwargs={"version": removed})
    say(request, _("The role was taken away."), undo=undo)
    return redirect("user", user=user.pk)


@require_POST
@requires("initiatives.assign")
def restore(request: HttpRequest, version: int) -> HttpResponse:
    """Give a role back that was taken away."""
    restored = services.restore_assignment(version, by=request.user)
    say(request, _("The role was given."))
    return redirect("user", user=restored.user_id)
