"""What each sentence of an article states: the kind of a fact, its status, the states in it; whether it is one at all.

The kind is the one whose trigger words weigh most, with what the values of the sentence add. Words of denial,
supposition and general talk speak against a fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from factcli._namedtuple import NamedTuple
from factcli.lexicon.articles import triggers
from factcli.reading.names import Gazetteer
from factcli.reading.sentences import Sentence
from factcli.reading.tokens import ArticlePhrases
from factcli.reading.values import SentenceReader, Value, read_sentences

KINDS = ("agreement", "contract", "sale", "exercise", "visit", "meeting", "training", "office", "operation",
         "statistic", "fund")  # fmt: skip
BILATERAL = frozenset(("agreement", "contract", "sale", "exercise", "visit", "meeting", "training"))
"""Kinds of facts that two states at least take part in."""

STRONG = 2.0
"""Weight from which a trigger word is more than a hint."""

MIN_SCORE = 3.0
"""Weight of trigger words from which a sentence is a candidate."""

DENIAL_REACH = 5
"""Tokens before a trigger in which a word denies it."""


class Statement(NamedTuple):
    """A sentence, its values, and what its words say: the kind and its weight, the status, the trigger's position."""

    place: Sentence
    values: list[Value]
    kind: str
    score: float
    status: str | None
    is_denied: bool
    is_doubtful: bool
    is_noise: bool
    has_two_states: bool
    is_about_same: bool
    countries: list[str]


def statements(text: str, published: str = "", gazetteer: Gazetteer | None = None) -> list[Statement]:
    """What the sentences of a text tell, in order."""
    return [_statement(reader, values) for reader, values in read_sentences(text, published, gazetteer)]


def _statement(reader: SentenceReader, values: list[Value]) -> Statement:
    phrases = ArticlePhrases(reader.tokens, triggers())
    weights: dict[str, float] = {}
    positions: dict[str, list[int]] = {}
    flags: Counter[str] = Counter()
    statuses: list[str] = []
    denials: list[int] = []
    strong: set[str] = set()
    for at in range(len(reader.tokens)):
        best: dict[str, float] = {}
        for _, group, meaning in phrases.at(at) or phrases.behind_clitics(at):
            if group in KINDS:
                best[group] = max(float(meaning), best.get(group, 0))
            elif group == "status":
                statuses.append(meaning)
            elif group == "deny":
                denials.append(at)
            else:
                flags[group] += 1
        for group, weight in best.items():
            weights[group] = weights.get(group, 0) + weight
            positions.setdefault(group, []).append(at)
            strong.update([group] if weight >= STRONG else [])
    if any(value.slot == "name" and value.type == "exercise" for value in values):
        weights["exercise"] = weights.get("exercise", 0) + 3
    kind, score = _kind(weights, strong, values)
    spots = positions.get(kind, [])
    is_denied = bool(flags["deny all"]) or any(0 < spot - no <= DENIAL_REACH for no in denials for spot in spots)
    is_planned = bool(flags["planned"]) or any(reader.dates.is_planned(spot) for spot in spots[:3])
    status = _status(kind, statuses, is_planned, values)
    two_states = any(reader.phrases.is_a(place, "two states") for place in range(len(reader.tokens)))
    is_doubtful = bool(flags["condition"]) or (kind == "statistic" and is_planned)
    return Statement(
        reader.place, values, kind, score, status, is_denied, is_doubtful, bool(flags["noise"]), two_states,
        bool(flags["same"]), _states(reader, phrases, values, kind),
    )  # fmt: skip


def _kind(weights: Mapping[str, float], strong: set[str], values: Sequence[Value]) -> tuple[str, float]:
    """The kind that the words and values of a sentence weigh most for; empty below the least weight.

    Values count for kinds alone of which a strong word is there.
    """
    slots = Counter(value.slot for value in values)
    has_percent = any(value.unit == "%" for value in values)
    bonus = {
        "sale": 1.0 * bool(slots["money"]) + 1.0 * bool(slots["count"] and not has_percent),
        "contract": 1.0 * bool(slots["money"]),
        "fund": 1.0 * bool(slots["money"]),
        "statistic": 2.0 * has_percent + 0.5 * bool(slots["money"]),
        "operation": 0.5 * bool(slots["count"]),
        "training": 0.5 * bool(slots["count"]),
    }
    total = {
        kind: weight + bonus.get(kind, 0) * (kind in strong) for kind, weight in weights.items() if weight >= STRONG
    }
    if not total:
        return "", 0
    best = max(total, key=lambda kind: (total[kind], -KINDS.index(kind)))
    return (best, total[best]) if total[best] >= MIN_SCORE else ("", 0)


def _status(kind: str, statuses: Sequence[str], is_planned: bool, values: Sequence[Value]) -> str | None:
    """The status that the words give, or the usual one of the kind."""
    found = set(statuses)
    if kind == "statistic":
        return None
    if "cancelled" in found:
        return "cancelled"
    if kind in ("sale", "contract", "agreement"):
        order = ("delivered", "approved", "signed") if kind == "sale" else ("renewed", "in-force", "signed", "approved")
        known = next((one for one in order if one in found), None)
        return "expected" if is_planned and kind == "sale" and known != "approved" else known
    if is_planned and "ongoing" not in found:
        return "planned"
    return "ongoing" if "ongoing" in found else "held"


def _states(reader: SentenceReader, phrases: ArticlePhrases, values: Sequence[Value], kind: str) -> list[str]:
    """The states of a sentence that take part: not those of news agencies, observers and flags."""
    tokens = reader.tokens
    found: dict[str, None] = {}
    observers = [at for at in range(len(tokens)) if phrases.is_a(at, "observers")]
    starts = {token.start: at for at, token in enumerate(tokens)}
    for value in values:
        if value.slot != "country":
            continue
        at = starts.get(value.start, 0)
        around = range(max(0, at - 2), min(len(tokens), at + 3))
        if any(phrases.is_a(place, "agency") and abs(place - at) <= 2 for place in around):
            continue
        if any(phrases.is_a(place, "flag") for place in range(max(0, at - 3), at)) and kind in ("operation", "sale"):
            continue
        if observers and (observers[0] < at if not tokens[0].text.isascii() else found and len(found) >= 2):
            continue
        found.setdefault(str(value.value))
    if len(found) < 2 and kind in BILATERAL:
        for at in range(len(tokens)):
            capital = reader.phrases.find("capitals", at)
            if capital and _is_actor(reader, at, kind):
                found.setdefault(capital[1])
    return list(found)


def _is_actor(reader: SentenceReader, at: int, kind: str) -> bool:
    """Whether a capital stands for its state: not as the place of a dateline, nor, but for visits, behind `in`."""
    tokens = reader.tokens
    if tokens[at].text.isupper() and tokens[at].text.isascii() and len(tokens[at].text) > 3:
        return False
    behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if at == 0 and behind in ("-", "(", ",", "–", "—"):
        return False
    before = tokens[at - 1].key if at else ""
    return kind == "visit" or before not in ("in", "at", "near", "في", "from", "of", "قرب")
