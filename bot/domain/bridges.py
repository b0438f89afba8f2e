"""Talk about the talking: what carries a listener from one piece to the next and says nothing else.

Patterns of our own, in Simplified characters (`script.fold`); Mandarin, Cantonese and English.
"""

import re
from collections.abc import Sequence

from bot.domain.lexicon import CONNECTIVES, FILLERS, OPENERS, length_at, made_of

# Said after something, of that: "at least that is what I thought", 他是這麼說的.
_HEARSAY = re.compile(
    r"(?:至少|反正|考前|当时|那时候)?(?:我|他|她|他们|大家|人家|佢|佢哋)?(?:本来|原本|一直)?"
    r"(?:是|都是|系|都系)?"
    r"(?:这样|这么|咁样|咁)(?:想|说|讲|觉得|以为|谂|话)(?:的|嘅)?"
    r"|(?:我|他|她|他们|人家|佢|佢哋|我妈|我爸|医生|老板)(?:猜|觉得|听说|听讲|说|想|以为|讲|话|谂)"
    r"(?:的|嘅)?"
    r"|(?:or |and |well )?(?:at least |so )*(?:that is )?(?:what |how )?"
    r"(?:i|he|she|they|we|you|people|everyone|my mom|my mum|my dad|the doctor) "
    r"(?:had |have )?"
    r"(?:thought|think|guess|said|say|says|heard|hear|believed|suppose|told me|tell me)"
    r"(?: so| anyway| at least| then)*"
)

# What a bridge between two pieces may say besides: talk about the talking, never about the world.
_BRIDGES = re.compile(
    r"(?:今天|现在|接下来|最后|首先|先|这次|这一集|今日)?(?:我|我们)?(?:就)?(?:想|想要|要|来|再来|先来)?"
    r"(?:跟|和|同|对)?(?:你|你们|大家|各位|你哋)?(?:说说|说|讲讲|讲|聊聊|聊|分享|谈谈|谈|回到|看看|说回|讲返)"
    r"(?:的)?(?:是|一下|一件事|件事|一个故事|个故事|一个小故事|另外一个小故事|另一个故事|这件事|那件事|刚刚|刚才|开头|正题|重点|这个|那个|个背景|背景|前情|一句|一下背景)*"
    r"(?:吧|喔|啦)?"
    r"|(?:那|这|所以|但|而|我的|今天的)?(?:重点|问题|结论|故事|事情|答案|原因)(?:就)?是(?:这样的|这样|这个|什么)?"
    r"|(?:那|所以)?(?:你|你们|大家)?(?:知道|猜|有没有发现|听过|想过|试过|知唔知)(?:吗|为什么|怎么了|点解)?"
    r"|(?:所以|但)?(?:为什么|怎么办|怎么说|怎么会|点解|点算)(?:呢|这样|会这样)?"
    r"|(?:事情|故事|情况)(?:就)?(?:是|要从)?(?:这样|这样的|这里|头)?(?:开始|说起|发生)?(?:的)?"
    r"|(?:先|我先|我来|来|让我|等我)?(?:听我|你听我|听我们)?(?:说|讲)(?:给你听|给你们听|畀你听|畀你哋听|返)?"
    r"|(?:那|所以|但|但是)?(?:问题|重点|故事|好戏|答案)(?:就)?(?:来了|开始了|嚟喇)"
    r"|(?:你|你们|大家|你哋)?(?:猜猜看|猜猜|猜|估下|估吓)(?:怎么了|怎么着|怎样|发生什么事|发生咩事)?"
    r"|(?:我|今日|今天)?(?:想|要)(?:讲|说|分享)(?:嘅|的)(?:系|是)|(?:最紧要|重点|问题|结论|结果)(?:系|呢)"
    r"|(?:就)?(?:这样|到这里|先这样)|(?:你|你们)(?:呢|觉得呢)"
)
_BRIDGES_EN = re.compile(
    r"(?:so |and |but |now )?here(?:'s| is) "
    r"(?:the thing|what happened|why|how|the story|my point|the point)"
    r"|(?:so |and |but |okay )?(?:today |now |first )?"
    r"(?:let me|let's|i want to|i wanna|i would like to|i will|i am going to|i am gonna|i have to) "
    r"(?:tell you|talk about|talk to you|share|start with|go back to|come back to|begin with)"
    r"(?: (?:this|that|about this|about that|about|with you|something|a story|one thing"
    r"|what happened|why|how|it))*"
    r"|(?:so |and |but )?(?:the|my) "
    r"(?:point|thing|question|story|lesson|answer|problem|truth) is(?: this)?"
    r"|(?:so |and |but )?(?:guess|you know|ever wonder|want to know) (?:what|why|how)"
    r"|(?:so |and |but )?"
    r"(?:why|how|what happened|then what|what then|what about you|and you|what now)"
    r"|(?:so |and |but )?that(?:'s| is) (?:it|all|the story|where it (?:starts|begins|ends))"
    r"|it (?:starts|begins|started|began) (?:here|like this|with this)"
)


def is_bridge(found: Sequence[str]) -> bool:
    """Whether these tokens only carry the listener on: joints, fillers, and talk of the talk."""
    if made_of(found, CONNECTIVES, FILLERS):
        return True
    at = 0
    while at < len(found) and (step := length_at(found, at, OPENERS)):
        if _bridges(found[at:]):
            return True
        at += step
    return _bridges(found[at:])


def is_hearsay(found: Sequence[str]) -> bool:
    """Whether these tokens only say who thought or said what came before."""
    return bool(_HEARSAY.fullmatch("".join(found)) or _HEARSAY.fullmatch(" ".join(found)))


def _bridges(found: Sequence[str]) -> bool:
    chinese = "".join(found)
    return bool(
        _BRIDGES.fullmatch(chinese) or _BRIDGES_EN.fullmatch(" ".join(found).replace("’", "'"))
    )
