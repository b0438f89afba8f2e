"""The closed kinds of words that an editor may add or drop, and those nobody may touch.

Own lists, in Simplified characters, the form texts are compared in (`script.fold`); Mandarin,
Cantonese and English. A phrase counts as found only where none of the longer ones fits.
"""

from collections.abc import Sequence
from functools import cache

from bot.domain.words import tokens


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Openers and joints of speech. They say nothing of the world, so they may come and go.
CONNECTIVES = """
同一天|还有一件事|另外一件事|说到这个|讲到这个|顺便说|顺带一提|顺便说一句|顺便讲|先说结论|简单说|
总而言之|跟住落嚟|跟住落来|讲多样嘢|讲多样|同日|仲有|仲有样嘢|然后|接着|接下来|后来|最后|结果|
所以|于是|但是|但|可是|不过|而且|而|并且|还有|另外|再来|那么|那|就|也|其实|反正|总之|当然|首先|
其次|同时|这时|那时|这时候|那时候|有一天|有天|有一次|有次|再说|说到这|话说|和|跟|与|以及|跟住|
之后|跟手|噉|噉样|咁|咁样|即系|同埋|但系|嗰阵|嗰时|于是乎|同|
long story short|fast forward|quick story|true story|same day|plot twist|which brings me to|
speaking of which|on another note|on top of that|anyway so|okay so|now then|by then|from then on|
not long after|and|but|so|then|and then|also|plus|well|now|yet|still|anyway|anyhow|after that|
later|later on|finally|in the end|at first|first|next|meanwhile|one day|one morning|one evening|
one night|once|by the way|back then|at that moment|at some point|these days|lately
"""

# Reasons and concessions. Dropping the whole clause is a cut; adding one of them is a claim.
REASONS = """
因为|由于|既然|虽然|尽管|即使|就算|为了|因此|因而|
because|since|although|though|even though|as|whereas|therefore
"""

FILLERS = """
即系|即系呢|咁|嗰个|呢个|你知啦|你知㗎啦|点讲|点讲呢|咁样|吖|吖嘛|啫|喂|嗱|哩|系咪|嗯|呃|啊|欸|诶|
唉|哎|喔|哦|噢|呀|哇|啦|嘛|吧|呢|哈|哈哈|哈哈哈|那个|这个|就是|就是说|说真的|老实说|讲真|讲真的|
说实话|真的|你知道|你知道吗|对啊|对对|好啦|好吧|怎么说|怎么讲|对|我想想|我想一下|等一下|这样子|
这样啦|蛮|有没有|你看|反正|
um|uh|er|erm|hmm|oh|ah|like|you know|you know what|let me think|let me see|i mean|sort of|kind of|
actually|honestly|honestly speaking|basically|literally|okay|ok|yeah|yep|right|so yeah|look|
listen|anyways|to be honest
"""

# Either may stand before what a clause begins with. Joined once: the list is looked up by itself.
OPENERS = CONNECTIVES + FILLERS

# Sounds, not words: taken out before anything is compared.
SOUNDS = _set(
    "嗯 呃 啊 欸 诶 唉 哎 喔 哦 噢 呀 哇 啦 嘛 哈 齁 ㄟ 囉 啰 喎 㗎 嘞 嗱 吼 吖 咦 哗 嘿"
    " um umm uh er erm hmm oh ah"
)

PARTICLES = """
了|啦|喔|哦|耶|欸|咯|啰|呢|吧|嘛|啊|呀|哟|喎|囉|㗎|嘅|喇|啫|添|嘞|的|的话
"""

# Degree and touch: with or without them the same thing is said.
SOFT = """
全|全都|都|很|好|真|真的|也|还|又|就|再|更|非常|超|超级|蛮|挺|好像是|一直|已|已经|刚|刚刚|刚才|这|
那|的|得|地|了|着|过|个|一个|一下|起来|一些些|仲|好鬼|
just|really|very|so|even|still|quite|pretty|a|an|the|that|truly|simply|right|already|then|there
"""

# Little words of grammar: one or two of them may change hands, with a mark.
LIGHT = """
我|我的|它|这|那|的|地|得|是|在|里|上|把|将|跟|和|与|同|个|
i|it|it's|i'm|is|are|was|were|am|be|been|to|of|in|on|at|for|with|from|by|the|a|an|this|that|these|
those|and|my|me|dollars|pounds|euros|bucks|there|there's|here|do|did|had|have|has|as|i've|i'd|
that's|into|onto|up|out
"""

# Whoever adds or drops one of these says something else.
OPERATORS = """
如果|要是|假如|假使|若|若是|倘若|除非|万一|只要|一旦|否则|不然|差点|差一点|恨不得|巴不得|差啲|
险些|几乎|差不多|可能|也许|或许|大概|或者|好像|好似|似乎|应该|未必|说不定|搞不好|恐怕|估计|难道|
会|要|想|想要|打算|准备|谂住|本来|原本|希望|但愿|可以|能|能够|敢|肯|试着|尝试|尽量|必须|一定|得要|
梦到|梦见|以为|假装|装作|幻想|想像|想象|听说|据说|听讲|传说|传闻|据讲|说|话|讲|觉得|认为|相信|
怀疑|猜|谂|只|只有|只是|仅|仅仅|才|净系|有时|有时候|偶尔|间中|很少|甚少|从来|从不|每次|每天|常常|
经常|总是|永远|被|畀|俾|替|帮|吗|咩|最|别人|人家|有人|没人|大家|所有|全部|一半|多数|大部分|有些|
某些|才怪|
if|unless|whether|almost|nearly|barely|hardly|scarcely|rarely|seldom|maybe|perhaps|probably|
possibly|might|may|could|would|should|must|can|will|shall|supposedly|apparently|allegedly|
reportedly|seems|seem|seemed|think|thinks|thought|believe|believes|believed|guess|guessed|suppose|
supposed|hope|hoped|wish|wished|want|wanted|wants|plan|planned|pretend|pretended|dream|dreamed|
dreamt|imagine|imagined|imagining|told|tells|says|say|said|heard|only|except|sometimes|
occasionally|often|always|usually|mostly|ever|some|most|many|few|half|every|all|used to|try|tried|
trying|refuse|refused|fail|failed|forgot|promised|someone|somebody|everyone|everybody|others|
instead|until|best|worst|than
"""

# When it was: to drop it leaves a little less, to add it would be a claim.
TIMES = """
今天|昨天|前天|明天|那天|当天|隔天|第二天|早上|今早|昨早|中午|下午|上午|晚上|昨晚|今晚|半夜|凌晨|
清晨|傍晚|去年|今年|前年|上个月|这个月|上周|上礼拜|上星期|这周|前几天|前阵子|这阵子|当时|当年|
小时候|以前|从前|最近|现在|周末|平常|平时|今日|寻日|琴日|嗰日|嗰阵时|而家|今朝|朝早|夜晚|
yesterday|today|tonight|last night|last week|last month|last year|this morning|this week|that day|
that morning|that night|that week|the other day|a few days ago|years ago|recently|in the morning|
at night|in the evening
"""

# Where a sentence may be cut though no comma stands there; each begins the piece after the cut.
BORDERS = """
然后|接着|后来|结果|所以|于是|但是|但|可是|不过|而且|并且|因为|虽然|如果|要是|除非|就算|跟住|但系|
同埋|因此|
and|but|so|then|because|although|though|if|unless|until|while|when|where|which|who|since|or|yet
"""

# A clause with one of these may ask, whether a question mark was set behind it or not.
ASKING = """
吗|咩|呢|什么|甚么|怎么|怎样|为何|谁|哪|哪里|几时|多少|难道|乜|乜嘢|点解|点样|边个|边度|几多|
what|why|who|whose|whom|when|where|which|how
"""
ASKING_FIRST = """
am|is|are|was|were|do|does|did|have|has|had|will|would|can|could|shall|should|may|might|must
"""

# With these an English sentence goes on after it could have ended.
PREPOSITIONS = """
at|in|on|with|for|from|by|near|beside|behind|under|over|across|through|around|during|after|before|
into|along
"""

# A clause that begins so stands against the one before it, and hangs on nothing there.
CONTRASTS = """
但是|但|可是|不过|然而|而且|并且|另外|但系|
but|and|yet|also
"""

# What a condition leads to, within its clause.
CONSEQUENCES = "就|便|都|也|一定|肯定|then"
SUBJECTS = _set("i you he she it we they that this")
AUXILIARIES = _set(
    "am is are was were will would can could should have has had do did got still just"
)

PRONOUNS = _set(
    "我 你 他 她 它 佢 您 咱 i you he she it we they me him her us them my your his our their"
)

# A clause that begins so, or ends so, bends the one beside it.
CONDITIONS = """
如果|要是|假如|假使|若|若是|倘若|除非|万一|只要|一旦|就算|即使|等到|当初如果|
if|unless|as long as|provided|even if|only if|in case|until|suppose|supposing|had i
"""
GOVERNORS = """
说|说过|讲|话|觉得|认为|以为|相信|希望|但愿|梦到|梦见|想像|想象|幻想|听说|据说|听讲|传说|假装|
怀疑|猜|谂|差点|有人说|他们说|
said|says|say|told me|tells me|thought|think|believe|believed|hope|hoped|wish|wished|heard|
dreamed|dreamt|pretended|imagined|imagine|claims|claimed|suppose|guess|supposedly|apparently|
they say
"""
# 话 after one of these is a word, not "said".
BEFORE_NOUNS = _set("句 说 的 电 讲 通 笑 梦 实 废 对 听 闲 这 那 些 种 情 神 童")
RETRACTORS = """
才怪|骗你的|骗人的|开玩笑的|开玩笑|不是啦|不是真的|没有啦|假的|讲笑|讲笑咋|呃你|
just kidding|kidding|not really|not|as if|yeah right|i wish|in my dreams|or so i thought|i lied
"""

Phrase = tuple[str, ...]


@cache
def phrases(words: str) -> frozenset[Phrase]:
    """The phrases of a list, each as the tokens it is found by."""
    pieces = (piece.strip() for piece in words.replace("\n", "|").split("|"))
    return frozenset(tuple(tokens(piece)) for piece in pieces if piece)


@cache
def longest(words: str) -> int:
    """How many tokens the longest phrase of a list has."""
    return max(map(len, phrases(words)))


@cache
def _beginnings(words: str) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in phrases(words))


def length_at(found: Sequence[str], at: int, words: str) -> int:
    """How many tokens the longest phrase of the list takes that begins here; 0: none does."""
    if at >= len(found) or found[at] not in _beginnings(words):
        return 0
    most = min(longest(words), len(found) - at)
    known = phrases(words)
    return next((n for n in range(most, 0, -1) if tuple(found[at : at + n]) in known), 0)


def made_of(found: Sequence[str], *lists: str) -> bool:
    """Whether these tokens are phrases of the lists and nothing else."""
    at = 0
    while at < len(found):
        step = max(length_at(found, at, words) for words in lists)
        if not step:
            return False
        at += step
    return True


def asks(found: Sequence[str]) -> bool:
    """Whether a clause asks by its words alone: 你知道嗎, 是不是, why did I leave."""
    words = found
    while step := length_at(words, 0, OPENERS):
        words = words[step:]
    return (
        any(length_at(found, at, ASKING) for at in range(len(found)))
        or bool(words and length_at(words, 0, ASKING_FIRST))
        or any(
            no in ("不", "唔", "没") and a == b
            for a, no, b in zip(found, found[1:], found[2:], strict=False)
        )
    )
