"""What makes a stretch somebody's own, in whatever words: who, how many, which one, when, why, and
how sure they are of it.

Worn prose speaks of nobody: it has no number, no name, no "I", no "that one", no "because", no
"probably". Each of those is counted as a particular; the closed classes of little words are ours.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from bot.domain.script import HAN, Folded

_CHINESE = re.compile(
    r"\d{1,12}|[两二三四五六七八九十百千万半几](?=[个块点年月天岁次斤张本条只分秒米公元号集期章季单小位])"
    r"|[a-z][a-z0-9]{1,20}|我(?!们)|[他她](?!们|人)|[「“\"『《]"
    r"|可能|大概|好像|似乎|觉得|应该|据说|感觉|估计|以为|或许|也许|差不多"
    r"|比如|例如|譬如|等等|之类|包括|一些"
    r"|(?<!在)这个|那个|这里|那里|这些|那些|这种|那种|这样|那样|这么|那么"
    r"|如果|因为|所以|不过|但是|然后|结果|而且|虽然|由于|因此|否则|的话|还是"
    r"|(?<![的从由到])今天|昨天|前天|上周|下周|上个?月|去年|前年|昨晚|今晚|刚才|刚刚|那天|当时|后来|最近|以前|之前"
    r"|有点|稍微|比较|算是|几乎|基本|大部分|通常|一般|貌似|实际|事实上|其[中他它]|另外|主要|具体"
    r"|根据|目前|对于|各种|不少|毕竟|显然|除了|[上下后前]面|或者|很(?!多)"
    r"|[吧啦嘛呢啊呀喔哦欸啰囉喎咩]|了(?=[,。.!?;\n一两几]|$)|已经|正在"
)
_LATIN = re.compile(
    r"\d{1,12}|\b(?:i|i'm|i've|i'd|i'll|my|me|he|she|his|her|him)\b|\""
    r"|\b(?:probably|maybe|seems?|guess|might|could|would|should|likely|pretty|sort of|though"
    r"|actually|quite|rather|usually|for example|for instance|such as|e\.g|etc|some|certain)\b"
    r"|\b(?:if|because|so|however|since|although|then|these|which|also|already|now|here|after|why"
    r"|basically|mostly|almost|instead|few|lots?|really|very|been)\b"
    r"|\b(?:was|were|had|did|went|got|made|said|told|asked|took|came|found|saw|thought"
    r"|yesterday|today|tonight|ago|last (?:week|month|year|night))\b"
    r"|n't\b|'(?:ve|ll|d)\b|[`=<>/()\[\]{}]"
)
_NAME = re.compile(r"(?<=[a-z,;] )(?!I\b)[A-Z][A-Za-z]{1,20}")
_HAN = re.compile(f"[{HAN}]")

HEFT = (2.6, 1.7, 1.1, 0.7, 0.5, 0.4, 0.3)
"""How heavy a mark is with so many particulars around it, the last for more. Measured: around a
mark in human prose there are 5 or more in half of all cases and none in 2 of 100; around one in
worn prose there is none in 7 of 10 (docs/text.md)."""

ROOM = 36
"""A stretch must be so long, in characters, to say by what it lacks that it speaks of nobody."""

FEW = 2
"""Ours: from so many particulars around it on, a sentence speaks of somebody."""

LONG = 32
"""Ours, in characters: what holds for everybody is said in few words, a longer one explains."""

_SHORT = 1.4  # the most a mark may weigh where there is no such room

_SENTENCE = re.compile(r"[^。.!?;\n]{6,120}")
_EVERYBODY = re.compile(
    r"人们|[你我]们|你|自己|别人|每|所有|一切|谁|无论|不管|往往|永远|从来|从不|总[是会在能]|终[将究会]|都|才|便"
    r"|自然|最|越|真正|唯|只[要有]|会|让|令|使|是|懂得|值得|需要|的人"
    r"|\b(?:is|are|becomes?|always|never|rarely|often|every(?:thing|one)?|all|any(?:thing|one)?"
    r"|nothing|nobody|those|we|us|our|ourselves|you|your|people|life|the world"
    r"|most|least|best|worst|[a-z]{3,10}est)\b"
)


class Particulars:
    """Where the particulars of a text stand."""

    def __init__(self, form: Folded, plain: str) -> None:
        chinese = bool(_HAN.search(plain))
        self._reach, self._unit = (60, 1.0) if chinese else (180, 0.4)
        self._plain, self._spans = plain, form.spans
        self._size = len(form.original)
        found = [
            form.spans[one.start()][0] for one in (_CHINESE if chinese else _LATIN).finditer(plain)
        ]
        if not chinese:
            found += [one.start() for one in _NAME.finditer(form.original)]
        self._at = sorted(found)

    def heft(self, start: int, end: int) -> float:
        """By how much the neighbourhood of `[start:end]` makes a mark there heavier or lighter."""
        n, size = self._around(start, end)
        heft = HEFT[min(n, len(HEFT) - 1)]
        return heft if size >= ROOM else min(heft, _SHORT)

    def nobodys(self) -> Iterator[tuple[int, int]]:
        """Sentences of the plain form that hold for everybody, among others as particular."""
        for one in _SENTENCE.finditer(self._plain):
            start, end = self._spans[one.start()][0], self._spans[one.end() - 1][1]
            n, size = self._around(start, end)
            inside = bisect_left(self._at, end) - bisect_left(self._at, start)
            short = (end - start) * self._unit <= LONG
            if short and not inside and n < FEW and size >= ROOM and _EVERYBODY.search(one[0]):
                yield one.span()

    def _around(self, start: int, end: int) -> tuple[int, float]:
        """How many stand near `[start:end]` of the text but not in it, and how long all that is."""
        before = bisect_left(self._at, start) - bisect_left(self._at, start - self._reach)
        n = before + bisect_left(self._at, end + self._reach) - bisect_left(self._at, end)
        room = min(self._reach, start) + min(self._reach, self._size - end)
        return n, (room + end - start) * self._unit
