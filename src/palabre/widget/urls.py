"""Addresses of the reader's side."""

from __future__ import annotations

from django.urls import path

from palabre.widget.views import author, embed, reader

app_name = "widget"
urlpatterns = [
    path("palabre.js", embed.script, name="script"),
    path("palabre.css", embed.style, name="style"),
    path("d/<slug:site>/form", reader.form, name="form"),
    path("d/<slug:site>/<str:thread>/comment", reader.comment, name="comment"),
    path("d/<slug:site>/<str:thread>/preview", reader.preview, name="preview"),
    path("d/<slug:site>/<str:thread>/write", reader.write, name="write"),
    path("d/<slug:site>/<str:thread>/token", reader.token, name="token"),
    path("c/<str:capability>/", author.status, name="status"),
    path("c/<str:capability>/withdraw", author.withdraw, name="withdraw"),
    path("c/<str:capability>/correct", author.correct, name="correct"),
    path("c/<str:capability>/appeal", author.appeal, name="appeal"),
]
