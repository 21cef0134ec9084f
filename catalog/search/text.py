"""Words of Chinese and Latin text: folding, segmentation, pinyin, short place names. Pure.

For every backend: indexed text and queries pass the same functions, so that 蘋果, ＡＰＰＬＥ
and pingguo meet what a title says.
"""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import opencc
import rjieba
from pypinyin import Style, lazy_pinyin

VERSION = 2  # part of the index's schema hash: raise it when the same title gives other words
_REGIONS = Path(__file__).resolve().parent.parent / "data" / "regions.csv"
_RUNS = re.compile(r"[㐀-鿿豈-﫿〇\U00020000-\U0003ffff]+|\d+(?:\.\d+)?[a-z]*|[a-z0-9]+(?:['’][a-z0-9]+)*")
_LATIN = re.compile(r"[a-z0-9]")
_APOSTROPHES = re.compile(r"['’]")
_RUN_WORDS = 4  # pinyin is kept of so many neighbouring words together: lcpg, luochuanpingguo
# Stop words carry nothing in a title or a query; a query of only such words keeps them.
STOP = frozenset(["的", "和", "与", "之", "等", "of", "the", "and", "a", "an", "in", "from"])
_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族?|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|"
    "佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族?|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|阿昌族|"
    "普米族|塔吉克族?|怒族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|独龙族|珞巴族|门巴族|基诺族|各族|蒙古"
)
_SHORT = re.compile(
    rf"(?P<name>.{{2,}}?)(?:(?:{_PEOPLES})*族?自治[区州县旗]|行政委员会|特别行政区|特区|地区|林区|新区|矿区|省|市|县|区|旗|盟|州)$"
)
_GENERIC = {"省直辖县级行政区划", "自治区直辖县级行政区划", "市辖区", "县"}


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _jieba() -> rjieba.Jieba:
    """Return the segmenter, which also knows the aided counties by their full and short names."""
    segmenter = rjieba.Jieba()
    with _REGIONS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for name in (row["name_zh"], short_place(row["name_zh"])):
                segmenter.add_word(name, 2000, "ns")
    return segmenter


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return text in one form: half-width, lower case, without accents on Latin letters, simplified characters."""
    plain = unicodedata.normalize("NFKC", text).lower()
    if plain.isascii():
        return plain
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return _converter().convert(unicodedata.normalize("NFC", bare))


def is_latin(word: str) -> bool:
    """Return whether a folded word is written in Latin letters or digits."""
    return bool(_LATIN.match(word))


def singular(word: str) -> str:
    """Return an English word without its plural ending; pinyin never ends in s. apples → apple, berries → berry."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("oes", "ches", "shes", "xes")) else word[:-1]


def runs(text: str) -> list[str]:
    """Return the stretches of a text that are of one script, folded, in order; English words in the singular."""
    found = _RUNS.findall(fold(text))
    return [singular(_APOSTROPHES.sub("", run)) if is_latin(run) else run for run in found]


def cut(run: str) -> list[str]:
    """Return the words of a Chinese run: its longest reading."""
    return _jieba().cut(run, False)


@lru_cache(maxsize=4096)
def query_words(text: str) -> tuple[str, ...]:
    """Return the words of a query in their order, each once: the longest reading of each run of characters."""
    words = []
    for run in runs(text):
        words += [run] if is_latin(run) else cut(run)
    kept = [word for word in dict.fromkeys(words) if word not in STOP]
    return tuple((kept or words)[:8])


@lru_cache(maxsize=4096)  # places and merchants come again, most titles do not
def title_words(text: str) -> tuple[str, ...]:
    """Return all words to index of a text: every word of the segmenter's search mode, and Latin words."""
    words = []
    for run in runs(text):
        words += [run] if is_latin(run) else _jieba().cut_for_search(run, False)
    return tuple(word for word in words if word not in STOP)


@lru_cache(maxsize=4096)  # places and merchants come again, most titles do not
def head_words(name_zh: str, name_en: str) -> tuple[str, ...]:
    """Return what a title says the thing *is*, which stands last: 延长红富士苹果 精选 is an 苹果, 苹果醋 is not.

    The endings of the first Chinese run (up to three words, and its last character) with their pinyin, and the word
    before the first comma in English.
    """
    found: dict[str, None] = {}
    run = next((run for run in runs(name_zh) if not is_latin(run)), "")
    if run:
        words = cut(run)
        ends = ["".join(words[-count:]) for count in range(1, min(len(words), 3) + 1)]
        ends += [word for word in _jieba().cut_for_search(run, False) if run.endswith(word)]
        for end in ends:
            found.update(dict.fromkeys((end, *(sound for sound in pinyin(end) if len(sound) > 1))))
        found[run[-1]] = None
    title = name_en.split(",", maxsplit=1)[0].split(" with ", maxsplit=1)[0]
    english = [word for word in runs(title) if is_latin(word)]
    return (*found, *english[-1:])


@lru_cache(maxsize=4096)  # places and merchants come again, most titles do not
def grams(text: str) -> tuple[str, ...]:
    """Return the single characters and neighbouring pairs of the Chinese runs of a text: the second chance."""
    found = []
    for run in runs(text):
        if not is_latin(run):
            found += [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
    return tuple(dict.fromkeys(found))


def word_grams(word: str) -> tuple[str, ...]:
    """Return the pairs that a title must hold to contain the word; the character itself for a single one."""
    return tuple(dict.fromkeys(word[i : i + 2] for i in range(len(word) - 1))) or (word,)


def syllables(run: str) -> list[str]:
    """Return the pinyin of each character of a Chinese run, without tones, as its words are read: 延长, chang."""
    return lazy_pinyin(run, style=Style.NORMAL, v_to_u=False)


@lru_cache(maxsize=65536)
def pinyin(word: str) -> tuple[str, str]:
    """Return a Chinese word's full pinyin and its initials, both without tones: 苹果 → ("pingguo", "pg")."""
    full = syllables(word)
    return "".join(full), "".join(syllable[0] for syllable in full if syllable)


@lru_cache(maxsize=4096)  # places and merchants come again, most titles do not
def pinyin_words(text: str) -> tuple[str, ...]:
    """Return pinyin to index of a text: of each word, and of up to four neighbouring words written together."""
    found: dict[str, None] = {}
    for run in runs(text):
        if is_latin(run):
            continue
        whole = [pinyin(word) for word in cut(run)]
        for start in range(len(whole)):
            for end in range(start + 1, min(start + _RUN_WORDS, len(whole)) + 1):
                for kind in (0, 1):
                    found["".join(part[kind] for part in whole[start:end])] = None
        for word in _jieba().cut_for_search(run, False):
            found.update(dict.fromkeys(pinyin(word)))
    return tuple(word for word in found if len(word) > 1)


@lru_cache(maxsize=8192)
def short_place(name: str) -> str:
    """Return a place's name without its rank and peoples: 威宁彝族回族苗族自治县 → 威宁; 房县 stays 房县."""
    match = _SHORT.match(name)
    return match["name"] if match and name not in _GENERIC else name


@lru_cache(maxsize=8192)
def place_names(*names: str) -> tuple[str, ...]:
    """Return the full and short forms of places, without words that name no place (省直辖县级行政区划)."""
    forms: dict[str, None] = {}
    for name in names:
        if name and name not in _GENERIC:
            forms[fold(name)] = None
            forms[fold(short_place(name))] = None
    return tuple(forms)
