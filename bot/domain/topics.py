"""Corners of everyday life, and words that tell which one a sentence is from.

Sentences about one morning at the bus stop may share no word at all: one has the driver, one the
timetable. Own lists, for a rough eye only; Chinese in Simplified characters.
"""

import re

from bot.domain.script import simplified

_CORNERS = {
    "on the way": """公交 公车 捷运 地铁 巴士 火车 高铁 车站 司机 乘客 计程车 的士 出租车 车票
        月台 班次
        bus train tram metro tube station stop timetable taxi driver fare ticket platform seat""",
    "weather": """雨 伞 台风 打风 下雪 太阳 天气 乌云 除湿 湿
        rain umbrella wet puddle storm windy snow sunny cloud forecast drizzle""",
    "kitchen": """锅 汤 炖 煮 炒 盐 酱油 厨房 冰箱 雪柜 排骨 面包 吐司 烤 菠萝 早餐 便当 饺子
        包子 豆浆 餸 电饭煲
        cook pan kettle stove oven recipe soup stew noodle rice egg bread dough bake spoon fridge
        dinner lunch breakfast gravy toast""",
    "at the table": """咖啡 奶茶 柠茶 鸳鸯 茶餐厅 茶记 饮茶 杯 拉花 伙计
        coffee tea cup mug barista latte café cafe waiter""",
    "shop": """便利商店 杂货店 菜市场 摊 档口 收档 老板 客人 顾客 熟客 收银
        结帐 结账 价 关东煮 微波炉 货架 找钱
        shop shopkeeper bought till counter price customer receipt queue stall market
        shelf baker""",
    "clothes": """袜 衣服 衬衫 裤 洗衣 晾 烘 烫 晒衫 毛巾
        sock shirt laundry iron ironing peg towel dryer washing fold
        folding button sheets sleeve""",
    "home": """房东 业主 房租 租金 钥匙 搬家 新家 家具 装修 沙发 水管
        landlord rent boiler sofa flat flatmate doorbell radiator""",
    "plants": """花 盆 浇 叶 番茄 种子 树 草 发芽
        tomato garden allotment plant pot seed leaf leaves soil weed bloom squirrel watering
        marrow grew shed""",
    "animals": """猫 狗 喂食 兽医 罐头 饲料
        cat dog vet paw fur litter kitten puppy""",
    "school": """老师 学生 全班 上课 下课 考试 作业 课本 校 功课
        teacher teach class exam homework pupil lesson classroom""",
    "work": """同事 公司 办公 会议 开会 客户 加班 主管 经理 报告 返工 老细
        boss office meeting client email manager colleague deadline desk""",
    "body": """医 牙 药 膝 健身 跑步 痛 体重 挂号 病
        doctor dentist tooth knee gym nurse pill clinic hospital""",
    "night": """睡 床 梦 醒 失眠 枕 闹钟 瞓 半夜
        sleep bed dream awake alarm pillow midnight""",
    "filming": """镜头 剪辑 剪片 素材 麦克风 字幕 上传 脚架 拍片 粉丝
        camera edit lens mic footage video upload tripod""",
    "on stage": """唱 歌 琴 吉他 乐团 合唱 鼓 上台 舞台 观众 台下 忘词 演出 彩排
        choir sing song piano guitar alto music microphone stage
        audience comedian stand-up laugh laughed rehearse rehearsed gig""",
    "mending": """修 拆 零件 螺丝 工具 换新
        fix repair screw hammer mend broken spanner""",
    "sport": """跑 马拉松 比赛 教练 游泳 泳 球 终点 起跑 健身
        marathon race mile runner swim swimming pool coach finish finished jog match goal""",
    "in love": """分手 恋爱 情侣 男友 女友 前任 求婚 结婚 婚礼 戒指 约会
        wedding married ring boyfriend girlfriend date dating divorce proposed bride""",
    "far away": """机场 飞机 登机 行李 护照 签证 旅行 酒店 旅馆 高铁
        airport flight luggage suitcase passport hotel hostel boarding""",
    "sea": """海 浪 船 渡轮 码头 钓
        sea wave boat ferry harbour harbor pier""",
}


def _reader(words: str) -> re.Pattern[str]:
    chinese = [word for word in words.split() if not word.isascii()]
    english = [word for word in words.split() if word.isascii()]
    return re.compile(f"{'|'.join(chinese)}|\\b(?:{'|'.join(english)})(?:e?s)?\\b", re.IGNORECASE)


_READERS = {corner: _reader(words) for corner, words in _CORNERS.items()}


def corners_of(text: str) -> frozenset[str]:
    """Which corners of life a text is from; most are from one or none."""
    plain = simplified(text)
    return frozenset(corner for corner, reader in _READERS.items() if reader.search(plain))
