"""What all contracts share: making a component, calling it, and saying what is wrong and what to do."""

from __future__ import annotations

import gc
import inspect
import os
import pickle
import random
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, NoReturn

from .running import EndlessError, Overdue, limited
from .worker import elsewhere


def fail(wrong: str, remedy: str) -> NoReturn:
    """Turn a test red: what is wrong, and what to do about it."""
    __tracebackhide__ = True
    raise AssertionError(f"{wrong}\n  To do: {remedy}")


def shown(text: str) -> str:
    """A text as a failure shows it."""
    return repr(text) if len(text) <= 120 else f"{text[:90]!r}… ({len(text):,} characters)"


class Contract:
    """The part of a contract that holds for every component.

    Attributes:
        make: a factory without arguments: the class of the component, or a function that makes one.
        plugin: name of the plugin's entry point; when given, the component's name must begin with it.
        seconds: how long one call may take before it counts as hanging.
    """

    make: ClassVar[Any] = None
    plugin: ClassVar[str | None] = None
    seconds: ClassVar[float] = 20.0
    #: Name of the method that does the work, and the protocol that describes the component.
    _method: ClassVar[str] = ""
    _protocol: ClassVar[type]

    def component(self) -> Any:
        """A new component."""
        return self._factory()()

    def _factory(self) -> Callable[[], Any]:
        make = inspect.getattr_static(type(self), "make")
        if isinstance(make, staticmethod):
            make = make.__func__
        if make is None:
            fail(f"{type(self).__name__} has no factory.", "Write `make = YourComponent` into the test class.")
        if inspect.isfunction(make) and inspect.signature(make).parameters:
            return self.make  # type: ignore[no-any-return]
        return make  # type: ignore[no-any-return]

    def _call(self, function: Callable[..., Any], component: Any, *arguments: Any, on: str) -> Any:
        """The result of a component; an exception, a hang or an endless result fails the test."""
        __tracebackhide__ = True
        called = f"{component.name}.{self._method}"
        try:
            with limited(self.seconds):
                return function(component, *arguments)
        except Overdue:
            fail(
                f"{called} did not finish within {self.seconds:g} s on {on}.",
                "Look for a loop that never ends and for a regular expression with one repetition inside or beside another; "
                "bound each repetition, as in [^“”]{1,2000}.",
            )
        except EndlessError as error:
            fail(f"{called} gave {error}, on {on}.", "Let the iterable come to an end; each find is given once.")
        except Exception as error:
            raise AssertionError(
                f"{called} raised {error!r} on {on}.\n  To do: Any input of the right type is valid: give nothing for what cannot "
                "be read. The traceback above shows the line."
            ) from error

    def _example_result(self, component: Any) -> Any:
        raise NotImplementedError

    def _example_payload(self, make: Any, component: Any) -> bytes:
        raise NotImplementedError

    def test_has_what_the_host_calls(self) -> None:
        """The component has a name and the method of its hook."""
        component = self.component()
        name = getattr(component, "name", None)
        if not isinstance(name, str) or not name or name != name.strip() or any(sign in name for sign in "+ \n\t,"):
            fail(
                f"The component's name is {name!r}.",
                'Give it a `name`, such as name = "yourplugin.quotes": a str without blanks, commas and plus signs.',
            )
        if not isinstance(component, self._protocol) or not callable(getattr(component, self._method, None)):
            fail(
                f"{name} is no {self._protocol.__name__}.",
                f"Write its method `{self._method}`; quoteminer.plugins.protocols.{self._protocol.__name__} shows the members.",
            )

    def test_name_begins_with_the_plugin(self) -> None:
        """The entry-point name is the first part of the component's name, in each instance."""
        names = {getattr(self.component(), "name", None) for _ in range(2)}
        if len(names) > 1:
            fail(f"Two instances have different names: {sorted(map(repr, names))}.", "Make the name a constant.")
        name = str(names.pop())
        plugin = self.plugin
        if plugin is not None and name != plugin and not name.startswith(plugin + "."):
            fail(
                f"The component is named {name!r}, its plugin {plugin!r}.",
                f"Name it {plugin!r} or begin its name with '{plugin}.'; the host refuses it otherwise.",
            )

    def test_same_result_again(self) -> None:
        """The same input gives the same result: from one instance twice, and from a new one."""
        component = self.component()
        first = self._example_result(component)
        for which, other in (("the second time", component), ("from a second instance", self.component())):
            if self._example_result(other) != first:
                fail(
                    f"{component.name}.{self._method} gives something else for the example {which}.",
                    "Keep no state of a document in the component or its class, and let no clock, random number or order of "
                    "a set decide.",
                )

    def test_same_result_in_another_process(self) -> None:
        """A worker that is started afresh unpickles or rebuilds the component and finds the same."""
        component = self.component()
        here = self._example_result(component)
        problems: list[str] = []
        for make, given in ((None, component), (self._factory(), None)):
            try:
                payload = self._example_payload(make, given)
            except Exception as error:
                problems.append(repr(error))
                continue
            there, problem = elsewhere(payload, self.seconds)
            if problem is None:
                if there != here:
                    fail(
                        f"{component.name}.{self._method} gives something else in another process.",
                        "There strings have other hashes and nothing is cached: sort what comes from a set, and read no state "
                        "that only this process has.",
                    )
                return
            problems.append(problem)
        fail(
            f"{component.name} can neither be pickled nor made anew in another process: {'; '.join(problems)}.",
            "Put its class on the top level of a module of your plugin; open files, load models and make locks at first use, "
            "not in __init__, or leave them out in __getstate__.",
        )

    def test_same_result_in_threads(self) -> None:
        """One instance serves several threads at a time."""
        component = self.component()
        expected = self._example_result(component)
        results: list[Any] = []
        barrier = threading.Barrier(4)

        def work() -> None:
            barrier.wait()
            for _ in range(3):
                try:
                    results.append(self._example_result(component))
                except BaseException as error:
                    results.append(error)

        threads = [threading.Thread(target=work, daemon=True) for _ in range(4)]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 12 * self.seconds
        for thread in threads:
            thread.join(max(0.1, deadline - time.monotonic()))
        if any(thread.is_alive() for thread in threads) or any(result != expected for result in results):
            fail(
                f"{component.name}.{self._method} gives something else when several threads call it.",
                "Keep what belongs to one document in local variables; guard what is loaded at first use with a lock.",
            )

    def test_leaves_the_world_alone(self) -> None:
        """Neither the random numbers nor the folder nor the environment of the host change."""

        def world() -> tuple[Any, ...]:
            return random.getstate(), os.getcwd(), dict(os.environ)

        component = self.component()
        before = world()
        self._example_result(component)
        for what, old, new in zip(("state of `random`", "current folder", "environment"), before, world(), strict=True):
            if old != new:
                fail(
                    f"{component.name}.{self._method} changed the {what} of the process.",
                    "Use a random.Random(seed), paths and options of your own.",
                )


def pickled(*parts: Any) -> bytes:
    """The payload of a worker."""
    return pickle.dumps(parts)


def seconds_of(work: Callable[[], Any]) -> float:
    """Processor time: what else the machine does hardly counts. Collecting garbage does not count either."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        if enabled:
            gc.enable()


def growth(work: Callable[[int], Any], *, smallest: int = 256, largest: int = 1 << 14, floor: float = 0.006) -> tuple[int, float]:
    """By what factor time grows when the input doubles, and the size from which it was doubled twice.

    The size rises until there is something to measure; an input that takes next to no time at the largest size is linear enough.
    Other work on the machine only ever adds time: a small size counts as the least of three, since a hiccup there would hide the
    growth, and of a suspicious growth the lowest of four, each against the small size of the same moment.
    """

    def measured(size: int, times: int = 3) -> float:
        return min(seconds_of(lambda: work(size)) for _ in range(times))

    size = smallest
    while measured(size, 1) < floor or (small := measured(size)) < floor:
        if size >= largest:
            return size, 2.0
        size *= 2
    factor = 1e9
    for attempt in range(4):
        if attempt:
            small = measured(size)
        factor = min(factor, (measured(4 * size, 1) / small) ** 0.5)
        if factor <= TOO_STEEP:
            break
    return size, factor


#: 2 is linear, 4 quadratic.
TOO_STEEP = 2.9
