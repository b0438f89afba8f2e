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

# What anybody speaks of on any day, in numbers, names of kin and things: `connecting` takes none of
# them for a subject, however seldom one person's library holds it.
COMMON = """
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
million half double couple dozen second third twice mum mom dad mother father brother sister wife
husband son daughter kid baby boy girl guy uncle aunt gran grandma grandpa granddad grandad
grandmother grandfather cousin nephew niece neighbour neighbor boss stranger lady customer client
doctor teacher student monday tuesday wednesday thursday friday saturday sunday january february
march april june july august september october november december spring summer autumn winter
morning afternoon evening tonight weekend birthday christmas season decade walk run sit stand lie
eat drink sleep wake speak write read hear listen watch saw seen show call phone text send sent
buy bought sell sold pay paid cost spend spent lose lost win won break broke broken fix cut put
set leave left turn open close shut hold held carry bring brought pull push drop pick throw threw
catch caught hit fall fell stay move die died born kill wait begin began finish end learn taught
teach remember forget forgot forgotten knew guess hope wish believe agree laugh cry smile shout
scream sing sang play draw drew paint cook wash clean drive drove ride rode fly flew travel visit
meet met marry married love hate miss help thank sorry hurt felt sound smell taste touch grow grew
build built wear wore count add mean meant matter swear promise refuse choose chose decide plan
hide hid follow join save kept quit nobody everybody somebody anybody everyone anyone someone
everything anything nothing none whole part piece bit rest side top bottom front middle corner
edge inside outside behind beside above below near far away across around along early late soon
later ago already almost nearly probably actually honestly exactly quick quickly slow slowly fast
hard easy heavy light dark bright loud quiet hot cold warm cool wet dry dirty full empty high low
tall wide deep thick thin young red blue green yellow black white grey gray pink brown orange
happy sad angry mad tired scared afraid nervous funny weird strange nice lovely great terrible
awful perfect fine real true different another certain sure free busy ready alone together body
head face hand foot feet leg arm eye ear nose mouth tooth teeth hair neck knee heart blood skin
finger room flat door window wall floor table chair bed kitchen bathroom street road shop store
office school hospital car bus train bike plane station ticket seat city town country park garden
tree flower dog cat bird fish rain snow sun water coffee tea beer wine milk bread food dinner
lunch breakfast meal cake egg rice soup sugar salt money pound dollar euro price bill cash bank
card meeting email message laptop computer screen camera mic channel podcast newsletter edit
script title caption subscriber follower view comment record audio clip draft book page letter
sentence song music film movie photo picture paper pen bag box bottle cup key shirt shoe coat name
number age size colour color line row group team list note kind sort type deal fact reason point
case chance air noise voice date news law war god clothe dress sock hat glass plate bowl bin
toilet shower lamp desk drawer shelf stair lift queue everyday often sometimes usually
礼拜 星期 快递 外卖 老公 老婆 小哥 小区 捷运 公车 高铁 机车 手机 电脑 打印机 房东 隔壁 楼上 楼下
楼梯 便利商店 超商 超市 门口 评论区 评论 留言 剪辑 剪片 字幕 封面 直播 粉丝 频道 标题 素材 镜头
麦克风 录音 讲话 学识 我妈 我爸 我弟 我妹 我哥 我姐 妈妈 爸爸 爷爷 奶奶 外婆 外公 阿公 阿嬷 阿妈
阿伯 阿姨 叔叔 阿叔 老爸 老妈 老师 同学 学生 客人 客户 主管 老板 员工 店员 店家 外面 里面 上面
下面 旁边 对面 后面 前面 中间 凌晨 周末 假日 夏天 冬天 春天 秋天 去年 今年 明年 前天 后天 那天
当天 整天 十分钟 半小时 咖啡 奶茶 便当 早餐 午餐 晚餐 宵夜 泡面 饮料 衣服 鞋子 裤子 袋子 桌子 椅子
杯子 钥匙 钱包 身上 眼睛 头发 脖子 膝盖 肚子 睡觉 起床 吃饭 喝水 洗澡 上班 下班 加班 开会 出差
放假 请假 搬家 下雨 下大雨 大雨 超大
好似 屋企 琴日 寻日 成日 见到 老豆 老母 听讲 讲嘢 好彩 收工 阿爸 阿哥 家姐 细佬 细妹 细路 仔女
买咗 食饭 饮茶 落楼 上楼 琴晚 寻晚 今朝 听晚 今晚 而家 𠮶阵 𠮶日 𠮶个 呢个 边个 边度 点知 点解
先至 之前 之后 跟住 不过 但系 因为 其实 净系 同埋 争啲 唔该 多谢 佢话 我话 个客 隔篱 搭车 巴士
地铁 的士 小巴 食咗 去咗 做咗 返嚟 入面 出面 度嘅 一齐 有人 冇人 日日 晚晚 朝早 夜晚 下昼 晏昼
点钟 上个 下个 电话 开工 老细 同事 公司 阿姐 阿婶 师奶
"""

# English words of the next rank, which many a text holds: one of them beside a rare word is a
# subject, two of them are none. For Chinese the segmenter's dictionary counts.
FAMILIAR = """
able accept accident account act action actor actual address adult advice afford aim album alive
allow amount animal announce apart apologise apologize apology app appear apply argue argument army
arrive art article artist attack attention average award aware balance ball band bar bare base basic
basket battery beach bear beat beautiful beauty belong belt blame blank blind block blow board boat
bomb bone boot border borrow bother brain branch brand brave breath breathe bridge brief brush bug
building bunch burn burnt business button cable calm camp cancel candle capital care careful castle
cause ceiling central century chain chapter character charge chat cheap check cheese chest chicken
chip chocolate choice church cigarette circle class clear clever click climb clock cloud club coach
coast code coin collect college comfort company compare complain complete concern confident confuse
connect consider contact content continue contract control conversation cookie copy correct counter
courage course court cover crack crash crazy create credit crew cross crowd culture current curtain
curve custom cycle daily damage damp dance danger dare dear death debt decision degree deliver
demand depend describe desert deserve design detail develop device difference difficult dig direct
director disappear discover discuss dish distance divide document doubt drag dream driver dust duty
earn earth education effect effort elbow election emoji energy engine enjoy enter entire envelope
equal escape event evidence exact exam example excite excuse exercise exist expect expensive
experience expert explain express extra factory fail fair faith false familiar famous fan fancy farm
farmer fashion fat fault favorite favour favourite fear feed fence festival field fight figure file
fire firm fit flag flight float focus fold folk fool force forest fork formal forward frame fresh
fridge fruit fuel fun function funeral furniture future game gap gas gate gather general gentle
ghost gift glad goal gold grass grave ground growth guard guest guide guitar gun gym habit handle
hang heaven height hello hero hill history hole holiday honest honour hook horse hotel huge human
hungry hurry ice ignore imagine important impossible improve include income increase industry inform
instead interest internet interview introduce invite iron island issue item jacket jail joke journey
joy judge juice jump justice keyboard kick kilo kilometre king kiss knife knock lack ladder lake
land landlord language large latest lead leader leak lesson level limit link lip loan local lock log
lonely loose luck lucky machine magazine magic main male manage manager map mark market marriage
mask mass match material measure meat medicine member memory mention mess metal method mile mind
minister mirror mistake mix model modern moment monitor mood moon mountain mouse movement muscle
museum nail narrow nation native nature neat necessary negative net normal north notebook notice
nurse object ocean odd offer officer official oil opinion order ordinary organ original oven owner
pack package pain pair pan panic parent parking party pass passenger past path patient pattern pause
peace peel pencil perform permission personal pet photograph physical piano pillow pilot pipe pizza
planet plant plastic platform player please pocket poem poet poison police polite political politics
pool poor pop popular position positive possible pot potato power practice practise pray prepare
present press pretend pretty prevent print printer prison private prize problem process produce
product profile program project proof proper protect proud prove public punch pure purpose puzzle
queen race radio raise range rate reach react reader reality receipt receive recent recipe recognise
recognize recommend reduce refund relationship relax rely remain remind remove rent repair repeat
report request require research respect respond result return rhythm rich ring rise risk river rock
role roll roof root rope rough round routine rubbish rude rule rush safe sail sandwich scale scene
schedule science score screw search secret section security seed select sense separate series
serious serve service settle shade shadow shake shame shape share sharp shed sheet shine ship shock
shoot shoulder sick sight sign signal silence silent silver similar simple single sink site skill
skip sky slide slip smart smoke snack social society sofa soft soldier solve somewhere soul source
south space spare special speech speed spell spirit split spoon sport spot spray spread square
squeak staff stage stamp standard star stare state steal steam steel step stick stomach stone
storage storm straight stream strength stress stretch strict strike string strong struggle studio
study stuff stupid style succeed success sudden suffer suggest suit suitcase support suppose surface
surprise surround survive suspect sweat sweet swim swing switch system tail talent tank tape target
tax taxi tear technology tend term terms test theatre theory thumb tie tight tin tiny tip tissue
toast tool topic total tough tour towel tower toy track trade tradition traffic trash treat trick
trip trouble truck trust truth tune twist ugly understand understood uniform union unit university
upset useful usual valley value van vegetable version victim village violence virus vote waist
wallet warn wave weak wealth weather web website wedding weigh weight west wheel whisper wild wind
wing winner wire wise witness wonder wood wooden worry worth wrap yard yell youth zero
"""
