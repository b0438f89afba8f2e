"""Whether a line leans on another: "he said twice" needs its he, "so that was it" needs its that.

Patterns read the Simplified form, so that each is written once.
"""

import re
from enum import Enum, auto
from functools import lru_cache

from bot.domain.script import simplified

# Begins by going on from the line before.
_GOES_ON = re.compile(
    r"^\W*(?:但|可是|可系|所以|于是|然后|跟住|接着|而且|不过|结果|后来|因为|反而|难怪|唔怪得|怪不得|"
    r"咁|噉|即系|还有|仲有|同埋|其中|同样|它|原来.{0,2}[他她佢]|其实(?!我)|"
    r"[那嗰](?!年|时候我|阵子)|呢[个次句种样件](?!月|礼拜|星期)|"
    r"这(?!个?礼拜|个?星期|个?月|周|阵子|几[天年]|两[天年]|年头|辈子|季|世界|座|栋|条街))|"
    r"又[补加说讲问]了?一句|"
    r"^\W*(?:but|and|then|because|cos|or|which|also|instead|except|plus|meanwhile|neither|them|"
    r"so(?!\s+(?:far|many|much|few)\b)|"
    r"th(?:at|ose)(?:['’]s|s)?\b|this\s+is\b|th(?:is|ese)\b(?!\s+(?:morning|afternoon|evening|week|"
    r"weekend|month|year|summer|winter|spring|autumn|days|city|town|country)\b)|"
    r"its?(?:['’](?:s|d|ll))?\b(?!\s+(?:(?:is |was |has been )?(?:raining|rained|snow\w*|cold|hot|"
    r"late|dark|early|hail\w*|pour\w*|thunder\w*)|hailed|poured|takes|turns)\b)|"
    r"same\s+(?:as|here|for|with)\b|turns\s+out|(?:the\s+other|another)\s+one)\b",
    re.IGNORECASE,
)
_SOMEONE_ELSE = re.compile(
    r"(?<![其吉维])[他她佢它]|\b(?:he|she|him|hers?|his|they|them|their)\b", re.IGNORECASE
)
_UNNAMED = re.compile(
    r"^\W*(?:[说问话](?![真实起到来好不服题])|(?:told|said|says|asked|asks|reckons|thinks)\b)",
    re.IGNORECASE,
)
_SHE = re.compile(
    r"[妈奶嬷婆姐妹姨姑婶嫂娘女她]|太太|\b(?:she|her|mum|mom|mam|gran|grandma|nan|aunt\w*|sister|"
    r"daughter|wife|girl|woman|lady)\b",
    re.IGNORECASE,
)
_HE = re.compile(
    r"[爸爷哥弟叔伯舅男他]|[阿外老]公|\b(?:he|his|him|dad|grand(?:ad|pa)|uncle|brother|son|"
    r"husband|boy|guy|man|bloke)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"(?<!没)有(?:一?[个位])?人|[爸妈爷奶嬷婆姐妹弟叔伯姨姑舅婶嫂猫狗]|(?<!八)哥|[阿外老]公|姑娘|老板|师傅|[老医律厨计]师|"
    r"[客员友]|[学先女男医]生|同[学事]|邻居|(?<!个)[老男女客路工商的个]人|小?孩|(?<!^个)仔(?![细裤])|"
    r"伙计|细路|后生|老人|女儿|儿子|司机|房东|主管|护士|教练|警[卫察]|保安|[店队校班里船]长|编辑|导演|歌手|经理|小贩|"
    r"[老小阿][陈王李张林黄吴刘周赵郑蔡何梁谢许凯明文强]|"
    r"\b(?:mum|mom|mam|dad|gran|grand(?:ma|pa|ad|mother|father)|nan|aunt\w*|uncle|brother|sister|"
    r"mother|father|son|daughter|wife|husband|partner|boss|manager|client|customer|neighbou?rs?|"
    r"kid|child|children|adult|oldest|youngest|widow|stranger|boy|girl|guy|\w*man|\w*woman|people|lady|bloke|friend|flatmate|landlord|"
    r"teacher|barista|baker|driver|doctor|nurse|coach|dentist|colleague|owner|keeper|worker|"
    r"attendant|student|somebody|someone|cat|dog)s?\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:[a-z,] |^)[A-Z][a-z]+(?=['’]s\b|[ ,.]*(?:is|was|has|had|said|says|told|\w+ed)\b)"
)
_THE_SOMETHING = re.compile(
    r"\b(?:the|an?|my|our|some|every|each)\s+\w+|[A-Za-z]{3,}(?=\s*[说话问])", re.IGNORECASE
)


# Somewhere inside, and of no weight alone: "she fixed it", 這本放了七年, 我也想要一個.
_REFERS = re.compile(
    r"(?<=\w )(?:it|them|that one|this one|the other one)\b(?!['’])"
    r"|(?<=.)[这那嗰呢]一?[本个只件条张台部把位家间盆杯封碗句](?!月|礼拜|星期|人)|(?<=[也都又再要])一[个本件只条杯]\W*$",
    re.IGNORECASE,
)


class Manner(Enum):
    """How a line leans: on the one just before it, or on whoever was spoken of."""

    ON_THE_LINE = auto()
    ON_SOMEONE = auto()


@lru_cache(maxsize=4_096)
def manner_of(text: str) -> Manner | None:
    """How a text leans on something said before; None when it stands by itself."""
    plain = _plain(text)
    if _GOES_ON.search(plain):
        return Manner.ON_THE_LINE
    other = _SOMEONE_ELSE.search(plain)
    if _UNNAMED.match(plain) or (other and not _introduces(plain, other)):
        return Manner.ON_SOMEONE
    return None


def refers(text: str) -> bool:
    """Whether it speaks of something as known, though it could stand by itself."""
    return bool(_REFERS.search(_plain(text)))


def may_mean(text: str, other: str) -> bool:
    """Whether somebody in `other` could be the he or she of `text`."""
    said = _plain(other)
    return _speaks_of_somebody(said) and _agree(_pronoun(_plain(text)), said)


@lru_cache(maxsize=4_096)
def _plain(text: str) -> str:
    return simplified(text)


@lru_cache(maxsize=4_096)
def _speaks_of_somebody(plain: str) -> bool:
    return any(sign.search(plain) for sign in (_SOMEBODY, _NAMED, _SOMEONE_ELSE))


@lru_cache(maxsize=4_096)
def _pronoun(plain: str) -> str:
    found = _SOMEONE_ELSE.search(plain)
    return found.group() if found else ""


def _introduces(text: str, pronoun: re.Match[str]) -> bool:
    """Whether the words before a pronoun say whom it means."""
    before = text[: pronoun.start()]
    if _SOMEBODY.search(before):
        return _agree(pronoun.group(), before)
    return bool(_NAMED.search(before) or _THE_SOMETHING.search(before))


def _agree(pronoun: str, text: str) -> bool:
    """Whether a he or she can be somebody in a text, by the words for men and women in it."""
    word = pronoun.lower()
    if word in {"她", "she", "her", "hers"}:
        return bool(_SHE.search(text)) or not _HE.search(text)
    if word in {"他", "he", "his", "him"}:
        return bool(_HE.search(text)) or not _SHE.search(text)
    return True
