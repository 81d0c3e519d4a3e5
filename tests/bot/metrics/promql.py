"""Read PromQL as far as our rules and board use it: a small grammar, strict where a slip would go unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from bot.metrics.catalogue import METRICS, USUAL

FUNCTIONS: Final = {
    "rate": True,
    "increase": True,
    "histogram_quantile": False,
    "time": False,
}  # takes a range
AGGREGATIONS: Final = frozenset({"sum", "max", "min", "count", "avg"})
DURATION: Final = re.compile(r"\d+[smhd]|\$__rate_interval")
TOKEN: Final = re.compile(
    r"\s*(?P<token>\[[^\]]*\]|\"[^\"]*\"|=~|!~|!=|==|>=|<=|[><=+\-*/(){},]|[A-Za-z_:][\w:]*|\d+(?:\.\d+)?)"
)
OURS: Final = ("job", "instance")  # labels that Prometheus adds


class PromQLError(ValueError):
    """The expression is none, or names what is not there."""


def labels_of() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the labels of every series' name that can be asked for, with their values."""
    known: dict[str, dict[str, tuple[str, ...]]] = {name: {} for name in (*USUAL, "up")}
    for metric in METRICS:
        own = dict(metric.labels)
        if metric.kind == "histogram":
            known |= {f"{metric.name}_sum": own, f"{metric.name}_count": own}
            known[f"{metric.name}_bucket"] = {**own, "le": ()}
        else:
            known[metric.name] = own
    return known


KNOWN: Final = labels_of()


@dataclass(slots=True)
class Reader:
    """Reads one expression; `names` are the series that it asks for."""

    tokens: list[str]
    place: int = 0
    names: set[str] = field(default_factory=set)

    @property
    def ahead(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.ahead
        if not token or (expected and token != expected):
            raise PromQLError(f"expected {expected or 'more'}, got {token or 'the end'}")
        self.place += 1
        return token

    def expression(self) -> set[str]:
        """Read terms with operators between; return the labels that the result has."""
        labels = self.term()
        while self.ahead in {"+", "-", "*", "/", ">", "<", ">=", "<=", "==", "!=", "and", "or"}:
            self.take()
            right = self.term()
            if labels and right and labels != right:
                raise PromQLError(f"{sorted(labels)} meet {sorted(right)}: nothing would match")
            labels = labels or right
        return labels

    def term(self) -> set[str]:
        token = self.take()
        if token == "(":
            labels = self.expression()
            self.take(")")
            return labels
        if re.fullmatch(r"\d+(?:\.\d+)?", token):
            return set()
        if token in AGGREGATIONS:
            return self.aggregated()
        if token in FUNCTIONS:
            return self.called(token)
        return self.selected(token, ranged=False)

    def aggregated(self) -> set[str]:
        wanted: set[str] = set()
        if self.ahead == "by":
            self.take()
            self.take("(")
            wanted = {self.take()}
            while self.ahead == ",":
                self.take()
                wanted.add(self.take())
            self.take(")")
        self.take("(")
        labels = self.expression()
        self.take(")")
        if not wanted <= labels | {*OURS}:
            raise PromQLError(f"by {sorted(wanted - labels)}, which is not there")
        return wanted

    def called(self, name: str) -> set[str]:
        self.take("(")
        labels: set[str] = set()
        if name == "histogram_quantile":
            if not 0 < float(self.take()) < 1:
                raise PromQLError("a share is between 0 and 1")
            self.take(",")
            labels = self.expression()
            if "le" not in labels:
                raise PromQLError("a quantile needs the buckets' le")
            labels -= {"le"}
        elif FUNCTIONS[name]:
            metric = self.take()
            if not re.search(r"_(?:total|bucket|count|sum)$", metric):
                raise PromQLError(f"{name} of {metric}, which is no counter")
            labels = self.selected(metric, ranged=True)
        self.take(")")
        return labels

    def selected(self, name: str, *, ranged: bool) -> set[str]:
        if name not in KNOWN:
            raise PromQLError(f"there is no {name}")
        self.names.add(name)
        if self.ahead == "{":
            self.take()
            while self.ahead != "}":
                self.matcher(name)
                if self.ahead == ",":
                    self.take()
            self.take("}")
        window = self.take()[1:-1] if self.ahead.startswith("[") else ""
        if ranged != bool(DURATION.fullmatch(window)):
            raise PromQLError(f"{name}: a range {'is missing' if ranged else 'stands where none may'}")
        return {*KNOWN[name], *OURS}

    def matcher(self, name: str) -> None:
        label, sign, value = self.take(), self.take(), self.take().strip('"')
        if sign not in {"=", "!=", "=~", "!~"}:
            raise PromQLError(f"{sign} compares no labels")
        if label in OURS:
            return
        if label not in KNOWN[name]:
            raise PromQLError(f"{name} has no label {label}")
        values = value.split("|") if "~" in sign else [value]
        if unknown := [one for one in values if one not in KNOWN[name][label]]:
            raise PromQLError(f"{name}: {label} is never {unknown}")


def asked(expression: str) -> set[str]:
    """Return the names of the series that an expression asks for. Raises PromQLError."""
    tokens, place = [], 0
    while expression[place:].strip():
        found = TOKEN.match(expression, place)
        if found is None:
            raise PromQLError(f"what is {expression[place:][:20]!r}?")
        tokens.append(found["token"])
        place = found.end()
    reader = Reader(tokens)
    reader.expression()
    if reader.ahead:
        raise PromQLError(f"{reader.ahead!r} is left over")
    return reader.names
