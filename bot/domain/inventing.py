"""Whether a wish asks to make something up, which no draft does."""

import re

from bot.domain.script import fold

_THING = (
    r"(?:故事|例子|例|经历|经验|客户|客人|案例|数据|数字|统计|对话|人物|角色|情节|细节|场景"
    r"|笑话|金句|名言|结局|理由|朋友|东西|嘢|剧情)"
)
_MAKES_UP = re.compile(
    rf"(?:编造?|虚构|杜撰|捏造|瞎编|乱编|瞎掰|掰|老作|(?<![工动操合写创制当运])作|吹|想|生|创造"
    rf"|造|发明|加)(?:出来?|返)?(?:一?[个段些点]|几个|几段|个|段|啲|点)?"
    rf"[^,。,!?！？的那嗰]{{0,6}}?(?:假的?|虚构的?|不存在的?|真实感的?)[^,。!?！？]{{0,4}}{_THING}"
    rf"|(?:编造?|虚构|杜撰|捏造|瞎编|乱编|瞎掰|掰|老作|(?<![工动操合写创制当运])作)(?:出来?"
    rf"|返)?(?:一?[个段些点]|几个|几段|个|段|啲|点|咗?一?个)?"
    rf"[^,。!?！？那嗰过]{{0,8}}?{_THING}(?!的?那|的?这|嗰|的部分)"
    rf"|(?:想|生)(?:出)?(?:一?个|几个|啲|个){_THING}(?!的)"
    r"|(?:帮我|你|随便|自己|就|可以|替我)(?:编|掰|作|老作|吹|虚构)(?:一?[下个段点]|啦|吧|就好|就得)"
    r"|(?<!我)(?:假装|假扮|扮到?|装作|当作?|假设)(?:成|系|是)?我"
)
_MAKES_UP_EN = re.compile(
    r"\b(?:make|making|dream|cook) (?:(?:it|this|that|something|anything|things|stuff|one|some"
    r"|a few|details?|"
    r"(?:an?|some|the|another|more) [\w' -]{1,30}) up(?! (?:to|for|with)\b)|up (?:an?|some"
    r"|something|anything|another|more|the|"
    r"a few|one|things|stuff|stories|details?|numbers?|quotes?)\b)"
    r"|\b(?:invent|fabricate|concoct|fake|imagine|come up with) (?:me )?(?:an?|some|another"
    r"|more|something|a few|"
    r"one|the)(?: [\w'-]+){0,3}? ?(?:stor(?:y|ies)|client|customer|example|anecdote|number"
    r"|statistic|stat|quote|"
    r"detail|friend|scene|case|dialogue|conversation|ending|character|person|figure|testimonial"
    r"|something|backstory)s?\b"
    r"|\b(?:invent|fabricate) something\b"
    r"|\b(?:pretend|act as if|say that|make believe) (?:that )?(?:i|we) (?:was|were|had|have"
    r"|did|went|am|know|knew|met|lived|worked|used)\b"
)
# Before the verb: it says not to, or tells of somebody who does.
_NOT = re.compile(
    r"(?:不要|别|不准|不可以?|不能|不许|没有?|不是|唔好|冇|唔系|唔准|唔可以|无|勿|不想|不用"
    r"|不会|不敢|从不|并非|禁止|拒绝)"
    r"(?:你|再|去|帮我|替我|给我|自己|乱|随便|老|被|是|我)*$"
    r"|(?:\b(?:not|never|without|no|nothing|nobody|stop)|n't)(?: \w+){0,2} ?$|\b(?:i|he|she"
    r"|they|we|who|people|you always) $"
)


def invents(wish: str) -> bool:
    """Whether a wish asks to make something up: 編一個故事, pretend I was there."""
    text = " ".join(fold(wish).replace("’", "'").split())
    found = [*_MAKES_UP.finditer(text), *_MAKES_UP_EN.finditer(text)]
    return any(not _NOT.search(text[: match.start()]) for match in found)
