"""The worker: what is due is done at once, a failing room holds up no other, a stop is clean."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError

from palabre.cli.logs import OnceAMinute
from palabre.cli.worker import IDLE, Sweep, Worker, sweeps


class Clock:
    """Time as a value."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def counting(results: list[int]) -> tuple[Callable[[], int], list[int]]:
    calls: list[int] = []

    def call() -> int:
        calls.append(1)
        return results.pop(0) if results else 0

    return call, calls


def failing(error: Exception) -> Callable[[], int]:
    def call() -> int:
        raise error

    return call


def test_it_looks_again_at_once_while_there_is_work() -> None:
    call, calls = counting([5, 3])
    assert Worker([Sweep("room", call)]).until_idle()
    assert len(calls) == 3


def test_an_idle_worker_looks_often_enough_for_a_reader_not_to_notice() -> None:
    assert IDLE <= 0.2


def test_a_room_with_a_pause_is_not_asked_before_it() -> None:
    clock = Clock()
    call, calls = counting([])
    worker = Worker([Sweep("press", call, every=1.0)], clock)
    for moment in (100.0, 100.5, 101.0):
        clock.now = moment
        worker.round()
    assert len(calls) == 2


def test_a_failing_room_is_logged_and_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    call, calls = counting([2])
    worker = Worker([Sweep("broken", failing(RuntimeError("no"))), Sweep("sound", call)])
    with caplog.at_level(logging.ERROR):
        assert worker.round() == 2
    assert len(calls) == 1
    assert "broken failed (no)" in caplog.text


def test_a_failing_room_is_left_alone_for_a_growing_while_and_taken_up_again() -> None:
    clock = Clock()
    call, calls = counting([])
    state = {"error": True}

    def flaky() -> int:
        call()
        if state["error"]:
            raise OperationalError("database is locked")
        return 1

    sweep = Sweep("flaky", flaky)
    worker = Worker([sweep], clock)
    worker.round()
    worker.round()
    assert len(calls) == 1
    clock.now += 0.5
    worker.round()
    assert (len(calls), round(sweep.due_at - clock.now, 3)) == (2, 1.0)
    state["error"] = False
    clock.now += 1.0
    assert worker.round() == 1
    assert sweep.failures == 0


def test_a_locked_database_is_told_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        Worker([Sweep("room", failing(OperationalError("database is locked")))]).round()
    assert "Traceback" not in caplog.text


def test_asked_to_stop_it_ends_after_the_sweep_at_hand() -> None:
    call, _ = counting([])
    worker = Worker([Sweep("room", call)])
    thread = threading.Thread(target=worker.run)
    thread.start()
    worker.stop()
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.django_db
def test_every_room_with_due_work_is_called() -> None:
    found = {sweep.room for sweep in sweeps()}
    assert {"screening", "discussion"} <= found
    assert all(sweep.call() == 0 for sweep in sweeps())


def test_a_fault_that_comes_back_is_told_once_a_minute() -> None:
    clock = Clock()
    once = OnceAMinute(clock)

    def told(words: str, level: int = logging.ERROR) -> bool:
        return once.filter(logging.LogRecord("palabre.room", level, __file__, 1, words, None, None))

    assert [told("disk full"), told("disk full"), told("another fault")] == [True, False, True]
    assert [told("a step", logging.INFO), told("a step", logging.INFO)] == [True, True]
    clock.now += 60
    assert told("disk full")
