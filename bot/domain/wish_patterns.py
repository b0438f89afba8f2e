"""The wishes that can be followed without a model, as patterns of whole clauses.

They read the folded form (`script.fold`); Mandarin, Cantonese and English side by side. Groups name
what `wishes` picks out of a match.
"""

from bot.domain.wish_words import BEFORE, FRAGMENT, HOOK, PLACE, PLACES, VERSION

LESS = (
    r"(?:更|再|改|弄|变|写|整|缩|剪|讲|要|删|减|砍)*得?(?:更|再)?(?:短|精简|简短|简洁)(?:一?点"
    r"|一?些|啲|少少|d|版)?(?:的|嘅)?"
    r"|(?:有点|有啲|有d)?太长(?:了|咗|喇)?|浓缩(?:一?点|一下)?"
    r"|(?:(?:make|keep|cut) (?:it|this) )?(?:a (?:bit|little|lot) |much |even )?short(?:er)?"
    r"(?: version)?|shorten(?: it| this)?|(?:it(?:'s| is) |this is )?(?:a bit |much |way )?too long"
    r"|(?:trim|cut|tighten) (?:it|this)(?: down| up)?(?: a (?:bit|little))?|tighter"
)
SECONDS = (
    r"(?:(?:改|剪|缩|缩短|缩到|剪到|控制|压|整)?(?:成|到|在|做)?\s?(?P<s1>\d{1,3})\s?秒(?:钟"
    r"|之?内|以内|内)?)"
    r"|(?:(?:make it|cut it to|trim it to|keep it|get it)(?: under| below| within| to)? "
    r"(?P<s2>\d{1,3}) ?(?:s|sec|secs|seconds))|under (?P<s3>\d{1,3}) ?(?:s|sec|secs|seconds)"
)
KEEP = (
    rf"(?:只?(?:要)?(?:保留|留住|留着|留返|留下|留|唔好删|不要删|别删)|keep"
    rf"|leave)\s?(?P<kept>{PLACES})(?: in)?"
)
KEEP_WORDS = (
    r"(?:要)?(?:保留|留住|留着|留返|留下|唔好删|不要删|别删)(?:(?P<w1>[^,。]{1,12}?)(?:那|嗰|这"
    r"|呢|的|嘅)"
    r"(?:个|一)?(?:段|句|部分|part)(?:话)?|[「“\"](?P<w2>[^」”\"]{1,30})[」”\"])"
    r"|(?:keep|leave)(?: in)? the (?:part|bit|line|beat|section) (?:about|with|on"
    r"|where) (?:the |my )?(?P<w5>[^,]{1,30})"
    r"|(?:keep|leave)(?: in)? (?:the |my )?(?P<w3>[^\s,][^,]{0,30}?) (?:part|bit|line|beat|section|"
    r"sentence)(?: in)?|(?:keep|leave)(?: in)? [「“\"](?P<w4>[^」”\"]{1,40})[」”\"]"
    r"|(?:keep|leave)(?: in)? (?!it\b|this\b|that\b|going\b)(?:the |my )?(?P<w6>[^\s,.][^,.]{0,30})"
)
KINDS_OF_HOOKS = (
    r"(?:问句|问题|提问|数字|对比|反差|转折|场景|画面|(?:a |the )?(?:question|number|contrast"
    r"|scene))"
)
HOOK_CHANGE = (
    rf"(?:换|改|转|用|试)(?:过|掉|咗|一下)?(?:成)?(?:一?个|另外?一?个|第二个|别的|其他|其它"
    rf"|不同的|第二种)?(?:的|嘅)?{HOOK}"
    rf"|{HOOK}(?:换|改|转)(?:过)?(?:掉|咗|一?个|另一个|别的|一下)?|{HOOK}(?:不要|唔要)|(?:另"
    rf"|别)一?个{HOOK}"
    rf"|(?:(?:try|use|give me|pick|take) )?(?:another|an other|a different|a new|the other|"
    rf"a better|different|new|other) {HOOK}"
    rf"|(?:change|swap|switch|replace)(?: out)?(?: the)? {HOOK}"
)
HOOK_KIND = (
    rf"(?:用|换成?|改成|改用|以)(?:一?个)?用?{KINDS_OF_HOOKS}(?:来|做|的|嘅"
    rf"|嚟)?(?:做)?{HOOK}(?:的)?|{HOOK}(?:换成|改成|用){KINDS_OF_HOOKS}"
    rf"|(?:open|start|begin) with {KINDS_OF_HOOKS}|(?:use )?{KINDS_OF_HOOKS} {HOOK}"
)
HOOK_NUMBER = (
    rf"(?:用|换成?|换做|拣)?第\s?(?P<h1>[二两三123])\s?个{HOOK}"
    rf"|{HOOK}用第\s?(?P<h2>[二两三123])\s?个"
    rf"|(?:use |take |pick )?(?:the )?(?P<h3>second|third) {HOOK}|(?:use |take "
    rf"|pick )?hook (?P<h4>[123])"
)
ZH_OUT = (
    r"(?:删掉|删除|删去|删走|删咗|删|去掉|拿掉|拿走|不要了?|唔要|唔好要|剪掉|剪走|砍掉|省略"
    r"|省掉|拎走|除去|cut)(?:了|咗|它)?"
)
DROP = (
    rf"{ZH_OUT}\s?(?:这|呢)?{PLACES}|(?:把|将)?{PLACES}(?:都|可以|就)?\s?{ZH_OUT}"
    rf"|(?:drop|cut|remove|delete|lose|skip|leave out|take out|get rid of|kill"
    rf"|scrap) {PLACES}(?: out)?"
    rf"|(?:take|leave) {PLACES} out"
)
ZH_TO = (
    r"(?:(?:到|去|在|返)?(?:最)?(?:(?P<front1>前面?|前边|开头|第一(?:个|段)?|最先|头)"
    r"|(?P<back1>后面?|后边|最后|结尾|尾|最尾))"
    rf"(?:去|来|面)?|(?:到|去|在)(?P<to1>{PLACE})(?:(?P<pre1>(?:的)?(?:之?前面?))"
    rf"|(?P<post1>(?:的)?(?:之?后面?)))?(?:去|来)?)"
)
ZH_PUT = r"(?:移|搬|放|挪|调|摆|拉|排)"
EN_TO = (
    r"(?:(?:to (?:the )?(?:very )?|at (?:the )?(?:very )?|in |up )?(?:(?P<front2>first|front"
    r"|top|start|"
    r"beginning)|(?P<back2>last|end|bottom))"
    rf"|(?P<pre2>before) (?P<to2>{PLACE})|(?P<post2>after) (?P<to3>{PLACE})|to (?P<to4>{PLACE}))"
)
MOVE = (
    rf"(?:把|将)?(?P<what1>{PLACE})\s?{ZH_PUT}{ZH_TO}|(?P<what4>{PLACE})(?:先讲|先说)(?P<front4>)"
    rf"|(?:put|move|bring|place) (?P<what2>{PLACE}) {EN_TO}"
    rf"|(?:(?:start|begin|open) with (?P<what3>{PLACE})(?P<front3>)|(?:end|close"
    rf"|finish) with (?P<what5>{PLACE})(?P<back3>))"
)
AND = r"\s?(?:和|跟|同|与|及|、|同埋|and|with|&|for)\s?"
SWAP = (
    rf"(?:把|将)?(?P<a1>{PLACE}){AND}(?P<b1>{PLACE})(?:对调|对换|互换|交换|调换|掉换|换位|换"
    rf"|调转)(?:位置?|顺序|次序|一下)?"
    rf"|(?:对调|对换|互换|交换|调换|掉换)\s?(?P<a2>{PLACE}){AND}(?P<b2>{PLACE})(?:的?(?:位置"
    rf"|顺序|次序))?"
    rf"|(?:swap|switch|exchange|flip) (?:beats |lines "
    rf"|parts )?(?P<a3>{PLACE}){AND}(?P<b3>{PLACE})(?: around)?"
)
REVERSE = (
    r"(?:整个|全部)?(?:顺序|次序)?(?:倒过来|倒转|倒序|调转|颠倒)(?:讲|说|排|写|顺序|次序)?"
    r"|(?:顺序|次序)反过来"
    r"|(?:reverse|flip|invert) (?:it|them|the order|the beats|everything)|reverse"
    r"|(?:in )?reverse order"
    r"|(?:tell it |put it )?(?:backwards|in reverse)"
)
ZH_IN = r"(?:放|加|插|塞|摆)(?:进|入|到|埋|返|上|落)?(?:去|来|里面)?"
PUT_IN = (
    rf"(?:把|将)?{FRAGMENT}(?:也|都)?{ZH_IN}|(?:加入|加上|加埋|加返|加|放入|放进|插入|用上?"
    rf"|用埋)\s?{FRAGMENT}(?:进去|入去)?"
    rf"|(?:add|include|insert|use|put in|work in|bring in) {FRAGMENT}(?: in| too| as well)?"
    rf"|(?:put|bring|work) {FRAGMENT} in"
)
PUT_AT = (
    rf"(?:把|将)?{FRAGMENT}\s?(?:放|加|插|摆|塞){ZH_TO}|(?:put|add|insert|move) {FRAGMENT} {EN_TO}"
)
INSTEAD = (
    rf"(?:用|拿|攞){FRAGMENT}(?:来|去|嚟)?(?:代替|取代|替换|替代|换掉|换走|顶替"
    rf"|换)\s?(?P<i1>{PLACE})"
    rf"|(?:把|将)?(?P<i2>{PLACE})\s?(?:换成|改成|改用|换做|换上|改为|转做|用){FRAGMENT}(?:代替)?"
    rf"|(?:use |put )?{FRAGMENT} (?:instead of|in place of|for) (?P<i3>{PLACE})"
    rf"|(?:replace|swap|switch|change) (?P<i4>{PLACE}) (?:with|for|to|by) {FRAGMENT}"
)
BACK = (
    rf"(?:回到|返去|返到|返回|用返|用回|恢复到?|还原到?|从|由|以|用|要返?|还是)(?P<v1>{VERSION}"
    rf"|{BEFORE})(?:开始|重新开始|起|改起?|重来|为准)?"
    rf"|(?:(?:go |get )?back to|bring back|start from|start with|begin with|work from|restore|use|"
    rf"revert to|return to|from) (?P<v2>{VERSION}|{BEFORE})(?: again)?"
)
