"""The desk's addresses. Acts are POST; `remove` and `refuse` ask for the reason on GET."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from palabre.desk.views import acts, pages, queue

app_name = "desk"
urlpatterns = [
    path("", pages.home, name="home"),
    path("language", set_language, name="language"),
    path("<slug:site>/", queue.queue, name="queue"),
    path("<slug:site>/comments/<slug:name>/", pages.comments, name="comments"),
    path("<slug:site>/appeals/", pages.appeals, name="appeals"),
    path("<slug:site>/appeals/<int:pk>/uphold", acts.uphold, name="uphold"),
    path("<slug:site>/appeals/<int:pk>/dismiss", acts.dismiss, name="dismiss"),
    path("<slug:site>/problems/", pages.broken, name="problems"),
    path("<slug:site>/undo/<int:pk>", acts.undo, name="undo"),
    path("<slug:site>/comment/<int:pk>/", pages.audit, name="audit"),
    path("<slug:site>/comment/<int:pk>/publish", acts.publish, name="publish"),
    path("<slug:site>/comment/<int:pk>/refuse", acts.refuse, name="refuse"),
    path("<slug:site>/comment/<int:pk>/remove", acts.remove, name="remove"),
    path("<slug:site>/comment/<int:pk>/restore", acts.restore, name="restore"),
    path("<slug:site>/comment/<int:pk>/release", queue.release, name="release"),
]
