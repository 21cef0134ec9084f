"""Words of a query: the editor's synonyms and their errors, slips that are mended, what is marked in a name."""

import os

import pytest

from catalog.search.highlight import highlight
from catalog.search.synonyms import SHIPPED, read, rules
from catalog.search.text import head_words, singular
from catalog.search.vocabulary import Vocabulary

HELD = ("苹果", "猕猴桃", "黑木耳", "延安", "红富士", "洛阳", "蜂蜜", "金针菇", "apple", "walnut")


class Others:
    """洛川 and 平果 are places; the editor knows 洋芋."""

    @staticmethod
    def is_place(word):
        return word in {"洛川", "平果", "luochuan"}

    def is_known(self, word):
        return self.is_place(word) or word == "洋芋"


@pytest.fixture
def vocabulary():
    return Vocabulary({word: 9 - number for number, word in enumerate(HELD)})


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("平果", ("苹果",)),  # a place, but it sounds like what is sold
        ("苹裹", ("苹果",)),
        ("红富士平果", ("红富士", "苹果")),
        ("迷猴桃", ("猕猴桃",)),
        ("猕猴挑", ("猕猴桃",)),  # looks like it
        ("木黑耳", ("黑木耳",)),
        ("猕猴猴桃", ("猕猴桃",)),
        ("峰蜜", ("蜂蜜",)),
        ("京针菇", ("金针菇",)),  # jing, jin
        ("aple", ("apple",)),
        ("wlanut", ("walnut",)),
        ("pingugo", ("pingguo",)),
        ("luochuanpignguo", ("luochuan", "pingguo")),
    ],
)
def test_slips_are_mended(vocabulary, run, words):
    assert vocabulary.mended(run, Others()) == words


@pytest.mark.parametrize("run", ["苹果", "洛川", "洋芋", "延安苹果", "沙发", "手机壳", "apl", "zzzzzz", "x" * 60])
def test_what_is_right_or_beyond_help_is_left_alone(vocabulary, run):
    assert vocabulary.mended(run, Others()) == ()


def test_initials_mean_the_commonest_word(vocabulary):
    assert vocabulary.of_initials("pg") == "苹果"
    assert vocabulary.of_initials("xx") == ""


@pytest.mark.parametrize(
    ("name_zh", "name_en", "held", "not_held"),
    [
        (
            "延长红富士苹果 精选 礼盒装",
            "Yanchang Fuji apple, selected, gift box",
            {"苹果", "apple", "pingguo", "pg"},
            {"box"},
        ),
        ("礼县苹果醋 农家", "Lixian apple cider vinegar, farmhouse", {"苹果醋", "vinegar"}, {"苹果", "apple"}),
        ("", "", set(), {""}),
    ],
)
def test_a_title_says_last_what_it_is(name_zh, name_en, held, not_held):
    assert held <= set(head_words(name_zh, name_en))
    assert not not_held & set(head_words(name_zh, name_en))


@pytest.mark.parametrize(
    ("word", "one"),
    [("apples", "apple"), ("berries", "berry"), ("mangoes", "mango"), ("peaches", "peach"), ("asparagus", "asparagus")],
)
def test_english_words_are_taken_in_the_singular(word, one):
    assert singular(word) == one


def test_the_shipped_rules_have_no_error():
    found = read([SHIPPED])
    assert found.problems == ()
    assert "马铃薯" in found.also_called("洋芋")
    assert "枸杞蜜" in found.also_called("蜂蜜")
    assert "蜂蜜" not in found.also_called("枸杞蜜")
    assert "玉米" in found.not_within("米")
    assert "马铃薯" in found.also_called("yangyu")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("土豆 马铃薯", "one kind of sign"),
        ("土豆 = 马铃薯 > 洋芋", "one kind of sign"),
        ("土豆 =", "missing"),
        ("土豆 > 马铃薯,,洋芋", "missing"),
        ("土豆 > 马铃薯 > 洋芋", "stands once"),
        ("土豆 = 很长很长很长很长很长很长的词", "not one word"),
        ("土豆 = new potato", "not one word"),
        ("土豆 = 土豆", "stands twice"),
        ("米 ! 小麦", "does not hold"),
        ("西红柿 = 洋柿子", "line 2 already"),
    ],
)
def test_errors_name_their_line_and_leave_the_others_at_work(tmp_path, line, message):
    path = tmp_path / "synonyms.txt"
    path.write_text(f"# 编辑部\n西红柿 = 番茄  # 说明\n{line}\n茄子 ＝ 落苏\n", encoding="utf-8-sig")
    found = read([path])
    assert [(problem.path, problem.line) for problem in found.problems] == [(path, 3)]
    assert message in found.problems[0].message
    assert found.also_called("茄子") == ("落苏",)


def test_another_encoding_is_named_and_no_crash(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_bytes("西红柿 = 番茄\n".encode("gbk") + b"corn = maize\n")
    found = read([path])
    assert [(problem.line, problem.message[:9]) for problem in found.problems] == [(1, "not UTF-8")]
    assert found.also_called("corn") == ("maize",)


def test_a_changed_file_is_at_work_at_once(settings, tmp_path):
    settings.SEARCH_SYNONYMS_FILE = tmp_path / "synonyms.txt"
    assert rules().also_called("落苏") == ()
    settings.SEARCH_SYNONYMS_FILE.write_text("茄子 = 落苏\n", encoding="utf-8")
    assert rules().also_called("落苏") == ("茄子",)
    assert rules() is rules()
    settings.SEARCH_SYNONYMS_FILE.write_text("茄子 = 矮瓜\n", encoding="utf-8")
    os.utime(settings.SEARCH_SYNONYMS_FILE, ns=(1, 1))
    assert rules().also_called("落苏") == ()


@pytest.mark.parametrize(
    ("name", "marks", "shown"),
    [
        ("延长苹果", ("苹果",), "延长[苹果]"),
        ("延长蘋果", ("苹果",), "延长[蘋果]"),
        ("延长苹果", ("pingguo",), "延长[苹果]"),
        ("延长苹果", ("ycpg",), "[延长苹果]"),
        ("Yanchang Apples", ("apple",), "Yanchang [Apples]"),
        ("苹果<b>苹果</b>", ("苹果", "b"), "[苹果]<b>[苹果]</b>"),
        ("㎏苹果", ("苹果",), "㎏[苹果]"),
        ("延长苹果", (), "延长苹果"),
        ("", ("苹果",), ""),
    ],
)
def test_marks_cut_a_name_and_change_nothing_in_it(name, marks, shown):
    parts = highlight(name, marks)
    assert "".join(f"[{text}]" if marked else text for text, marked in parts) == shown
    assert "".join(text for text, _ in parts) == name
