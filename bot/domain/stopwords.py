"""Words that carry no meaning of their own, for `words.content_words`.

Own lists, kept short: a word too many here costs a keyword, a word too few only a dull one.
Chinese ones stand in Simplified characters, the form they are looked up in.
"""

CHINESE = """
的 了 着 过 是 有 在 到 去 来 说 讲 要 会 能 想 让 给 做 把 被 用 对 跟 和 与 及 或 但 而 且 也
都 就 才 又 再 还 很 太 好 更 最 真 每 个 些 这 那 哪 谁 什么 怎么 为什么 因为 所以 但是 可是
如果 虽然 然后 其实 就是 不是 还是 没有 没 不 别 可以 可能 应该 需要 觉得 知道 以为 感觉 好像
一样 一个 一下 一点 有点 这样 那样 这个 那个 自己 大家 我们 你们 他们 她们 今天 昨天 明天 现在
刚刚 刚才 最近 时候 有时候 东西 事情 真的 非常 已经 一直 总是 出来 起来 下来 起 出 看 叫 像 等
吧 吗 呢 啊 欸 诶 啦 嘛 哈 哈哈 嗯 喔 哦 唉 系 嘅 喺 咗 唔 啲 嘢 佢 哋 佢哋 我哋 你哋 冇 咁 噉
喎 㗎 囉 喇 咩 乜 乜嘢 嗰 嗰个 呢个 畀 俾 同 同埋 仲 先 谂 睇 话 点 点解 点样 而家 今日 寻日
听日 得 度 嚟 返 完 里 上 下 中 大 小 多 少 人 事
"""

ENGLISH = """
look looks looked looking seem seems tell told tells take takes took back way lot
a about after again all also always am an and any are aren't as at be because been before being
but by can can't cannot could couldn't did didn't do does doesn't doing don't done down each
else even ever every few for from get gets getting go goes going gonna got had has hasn't have
haven't having he he's her here hers him his how i i'd i'll i'm i've if in into is isn't it it's
its itself just keep know let let's like made make makes many may maybe me might mine more most
much must my myself never no not now of off oh ok okay on once one only or other our ours out
over own quite rather really said same say says see she she's should shouldn't so some something
still such than that that's the their theirs them then there there's these they they're thing
things think this those though through to too um uh under until up us very want wanted was
wasn't we we're we've well went were weren't what what's when where which while who why will
with without won't would wouldn't yeah yes yet you you're you've your yours today tomorrow
yesterday
"""

# What any day and any idea may hold: two of these in common are no subject (`likeness.touched`).
EVERYDAY = """
people person man woman friend family life world day night week month year hour minute time
first last next new old good bad best better big little small long short work job home house
feel find found think thought need try use start stop come came give gave ask asked talk live
happen happened change right wrong place idea story video post question answer word
朋友 家人 生活 世界 人生 时间 日子 晚上 早上 下午 半夜 小时 分钟 工作 问题 地方 感觉 开始 结束
喜欢 讨厌 看见 看到 听到 想到 发现 告诉 回家 出门 回来 变成 发生 需要 希望 故事 影片 视频 灵感
想法 点子 题目 答案 第一次 最后 每天 每次 一天 一次 全是 原来 突然 学会 记得 忘记 拿到 走到
返工 放工 返屋企 钟意 倾偈
"""
