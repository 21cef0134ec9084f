"""The 繁體 catalogue: made from the 简体 one, checked against it, and free of what the converter gets wrong."""

import re

import pytest

from storefront import hant, messages
from tests import scripts


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("这里", "這裡"),
        ("后台", "後臺"),
        ("发货", "發貨"),
        ("已冲减", "已沖減"),
        ("不在核准销售期内", "不在核准銷售期內"),
        ("自注册以来", "自註冊以來"),
        ("帮扶台账", "幫扶臺帳"),
        ("干果、面粉", "乾果、麵粉"),
        ("计入“%(campaign)s”", "計入「%(campaign)s」"),
    ],
)
def test_words_are_converted(simplified, traditional):
    assert hant.convert(simplified) == traditional


def test_the_committed_catalogue_has_no_simplified_character():
    catalogue = messages._read(messages.HANT)
    texts = [text for message in catalogue if message.id for text in messages._texts(message.string)]
    assert len(texts) > 600
    assert {text: scripts.simplified(text) for text in texts if scripts.simplified(text)} == {}
    wrong = re.compile("衝減|核準|注冊|裏|爲|羣|[“”‘’]|[賬麪]")
    assert [text for text in texts if wrong.search(text)] == []


def test_a_stale_catalogue_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "LOCALES", tmp_path / "locale")
    hans, made = (tmp_path / "locale" / name / "LC_MESSAGES" / "django.po" for name in ("zh_Hans", "zh_Hant"))
    for name, path in (("HANS", hans), ("HANT", made)):
        path.parent.mkdir(parents=True)
        monkeypatch.setattr(messages, name, path)
    (tmp_path / "storefront").mkdir()
    (tmp_path / "storefront" / "some.py").write_text('_("Done")\nngettext("%(n)s page", "%(n)s pages", 2)\n')
    entry = '\nmsgid "{}"\nmsgstr "{}"\n'
    plural = '\nmsgid "%(n)s page"\nmsgid_plural "%(n)s pages"\nmsgstr[0] "%(n)s 个页面"\n'
    header = messages.HEADER.format(locale="zh_Hans", plural_forms="nplurals=1; plural=0;")
    hans.write_text(header + entry.format("Done", "发货") + plural)
    made.write_text(header.replace("zh_Hans", "zh_Hant"))
    assert any("run `storefront.messages update`" in line for line in messages.problems())
    messages.update()
    assert messages.problems() == []
    assert 'msgstr "發貨"' in made.read_text() and 'msgstr[0] "%(n)s 個頁面"' in made.read_text()
    hans.write_text(hans.read_text().replace("发货", "已发货"))
    assert len(messages.problems()) == 1
