from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "palabre.press"
    label = "press"

    def ready(self) -> None:
        """Let the desk and ``doctor`` know of broken article files."""
        from palabre.base import problems
        from palabre.press import library

        problems.register("press", library.problems_of)
