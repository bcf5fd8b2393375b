from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "palabre.screening"
    label = "screening"

    def ready(self) -> None:
        """Let the desk and ``doctor`` know of a broken rule book."""
        from palabre.base import problems
        from palabre.screening import rulebooks

        problems.register("screening", rulebooks.problems_of)
