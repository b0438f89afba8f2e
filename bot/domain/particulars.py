"""What makes a stretch somebody's own, in whatever words: who, how many, which one, when, why, and
how sure they are of it.

Worn prose speaks of nobody: it has no number, no name, no "I", no "that one", no "because", no
"probably". Each of those is counted as a particular; the closed classes of little words are ours.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from bot.domain.script import HAN, Folded

# What only somebody who was there says: a number, a name, another person, a quotation, a day.
_FIRM = re.compile(
    r"\d{1,12}|[两二三四五六七八九十百千万半几](?=[个块点年月天岁次斤张本条只分秒米公元号集期章季单小位])"
    r"|[a-z][a-z0-9]{1,20}|[他她](?!们|人)|[「“\"『《(·]"
    r"|昨天|前天|上周|上个?月|去年|前年|昨晚|今晚|刚才|刚刚|那天|当时"
)
_FIRM_LATIN = re.compile(
    r"\d{1,12}|\b(?:he|she|his|her|him)\b|\"|[`=<>/()\[\]{}]"
    r"|\b(?:yesterday|today|tonight|ago|last (?:week|month|year|night))\b"
)
_NAME = re.compile(r"(?<=[a-z,;] )(?!I\b)[A-Z][A-Za-z]{1,20}")
# What thinking and telling are made of: I, doubt, an example, this and that, a reason, a limit.
_LOOSE = re.compile(
    r"我(?!们)|可能|大概|好像|似乎|觉得|应该|据说|感觉|估计|以为|或许|也许|差不多"
    r"|比如|例如|譬如|等等|之类|包括|一些"
    r"|(?<!在)这个|那个|这里|那里|这些|那些|这种|那种|这样|那样|这么|那么"
    r"|如果|因为|所以|不过|但是|然后|结果|而且|虽然|由于|因此|否则|的话|还是"
    r"|(?<![的从由到])今天|下周|后来|最近|以前|之前|已经|正在"
    r"|有点|稍微|比较|算是|几乎|基本|大部分|通常|一般|貌似|实际|事实上|其[中他它]|另外|主要|具体"
    r"|根据|目前|对于|各种|不少|毕竟|显然|除了|[上下后前]面|或者|很(?!多)"
    r"|[吧啦嘛呢啊呀喔哦欸啰囉喎咩]|了(?=[,。.!?;\n一两几]|$)"
)
_LOOSE_LATIN = re.compile(
    r"\b(?:i|i'm|i've|i'd|i'll|my|me|probably|maybe|seems?|guess|might|could|would|should|likely"
    r"|pretty|sort of|though|actually|quite|rather|usually|for example|for instance|such as|e\.g"
    r"|etc|some|certain|if|because|so|however|since|although|then|these|which|also|already|now"
    r"|here|after|why|basically|mostly|almost|instead|few|lots?|really|very|been"
    r"|was|were|had|did|went|got|made|said|told|asked|took|came|found|saw|thought)\b"
    r"|n't\b|'(?:ve|ll|d)\b"
)
_HAN = re.compile(f"[{HAN}]")

FIRM, LOOSE = 1.5, 0.4
"""What a firm particular counts, and each different loose one. Worn prose says "I" and "because"
too, but nothing firm: something firm is near 84 of 100 marks in human Simplified prose, 69 in
English, and 6 in worn prose (docs/text.md)."""

HEFT = (2.4, 1.8, 1.1, 0.6, 0.4, 0.3, 0.2)
"""How heavy a mark is with so much that is particular around it, the last for more. Chosen on the
half of the human prose, and the worn blocks, that were to be tuned on."""

ROOM = 36
"""A stretch must be so long, in characters, to say by what it lacks that it speaks of nobody."""

FEW = 0.9
"""Ours: from so much that is particular around it on, a sentence speaks of somebody."""

LONG = 32
"""Ours, in characters: what holds for everybody is said in few words, a longer one explains."""

_SHORT = 1.4  # the most a mark may weigh where there is no such room

_SENTENCE = re.compile(r"[^。.!?;\n]{6,120}")
_EVERYBODY = re.compile(
    r"人们|[你我]们|你|自己|别人|每|所有|一切|谁|无论|不管|往往|永远|从来|从不|总[是会在能]|终[将究会]|都|才|便"
    r"|自然|最|越|真正|唯|只[要有]|会|让|令|使|是|懂得|值得|需要|的人|个个|(?<!关)系(?![统列])|先[至会]"
    r"|\b(?:is|are|becomes?|always|never|rarely|often|every(?:thing|one)?|all|any(?:thing|one)?"
    r"|nothing|nobody|those|we|us|our|ourselves|you|your|people|life|the world"
    r"|most|least|best|worst|[a-z]{3,10}est)\b"
)


class Particulars:
    """Where the particulars of a text stand. Firm ones are counted twice as far away."""

    def __init__(self, form: Folded, plain: str) -> None:
        chinese = bool(_HAN.search(plain))
        self._reach, self._unit = (60, 1.0) if chinese else (180, 0.4)
        self._plain, self._spans, self._size = plain, form.spans, len(form.original)
        firm, loose = (_FIRM, _LOOSE) if chinese else (_FIRM_LATIN, _LOOSE_LATIN)
        self._firm = [self._spans[one.start()][0] for one in firm.finditer(plain)]
        if not chinese:
            self._firm += [one.start() for one in _NAME.finditer(form.original)]
        self._firm.sort()
        found = [(self._spans[one.start()][0], one[0]) for one in loose.finditer(plain)]
        self._loose, self._words = [at for at, _ in found], [word for _, word in found]

    def heft(self, start: int, end: int) -> float:
        """By how much the neighbourhood of `[start:end]` makes a mark there heavier or lighter."""
        much = min(self._around(start, end), len(HEFT) - 1.0)
        below, above = HEFT[int(much)], HEFT[min(int(much) + 1, len(HEFT) - 1)]
        heft = below + (above - below) * (much % 1)
        return heft if self._room(start, end) >= ROOM else min(heft, _SHORT)

    def nobodys(self) -> Iterator[tuple[int, int]]:
        """Sentences of the plain form that hold for everybody, with little particular near."""
        for one in _SENTENCE.finditer(self._plain):
            start, end = self._spans[one.start()][0], self._spans[one.end() - 1][1]
            fits = (end - start) * self._unit <= LONG and self._room(start, end) >= ROOM
            inside = _between(self._firm, start, end) + _between(self._loose, start, end)
            if inside or not (fits and _EVERYBODY.search(one[0])):
                continue
            if self._around(start, end) < FEW:
                yield one.span()

    def _around(self, start: int, end: int) -> float:
        """How much that is particular stands near `[start:end]` of the text, but not in it."""
        far, near = 2 * self._reach, self._reach
        firm = _between(self._firm, start - far, start) + _between(self._firm, end, end + far)
        different = {
            *self._words[slice(*_places(self._loose, start - near, start))],
            *self._words[slice(*_places(self._loose, end, end + near))],
        }
        return FIRM * firm + LOOSE * len(different)

    def _room(self, start: int, end: int) -> float:
        """How long the neighbourhood is, in characters."""
        before, after = min(self._reach, start), min(self._reach, self._size - end)
        return (before + end - start + after) * self._unit


def _places(sorted_at: list[int], start: int, end: int) -> tuple[int, int]:
    return bisect_left(sorted_at, start), bisect_left(sorted_at, end)


def _between(sorted_at: list[int], start: int, end: int) -> int:
    first, last = _places(sorted_at, start, end)
    return last - first
