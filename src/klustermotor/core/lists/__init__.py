"""Lists: declared columns, sorting, keyset pages, and CSV or XLSX of exactly what is shown.

COLUMNS = [
    Column("name", _("Name"), lambda row: row.name, sort="name", url=lambda row: row.url()),
    Column("answered", _("Answered"), lambda row: row.answered, number=True),
]

def listing(request):
    rows = queries.visible_initiatives(request.user)
    order = order_of(request, COLUMNS, default="name")
    if file := exported(request, rows, COLUMNS, order, "initiatives"):
        return file
    page = list_page(request, rows, COLUMNS, order)
    return render(request, "…", {"page": page})   # {% include "core/lists/list.html" %}
"""

from klustermotor.core.lists.columns import Column, Order, order_of
from klustermotor.core.lists.export import exported
from klustermotor.core.lists.paging import ListPage, list_page

__all__ = ["Column", "ListPage", "Order", "exported", "list_page", "order_of"]
