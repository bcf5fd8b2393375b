"""The addresses of articles: whatever no other room has taken."""

from __future__ import annotations

from django.urls import path

from palabre.press import views

app_name = "press"
urlpatterns = [
    path("", views.front, name="front"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("<slug:site>/", views.site, name="site"),
    path("<slug:site>/articles.atom", views.feed, name="feed"),
    path("<slug:site>/media/<str:name>", views.media, name="media"),
    path("<slug:site>/<slug:slug>/", views.article, name="article"),
]
