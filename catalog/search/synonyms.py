"""What shoppers call what titles name otherwise: a query word also finds what stands here (simplified Chinese)."""

_SAME = (
    ("土豆", "马铃薯", "洋芋"),
    ("西红柿", "番茄"),
    ("红薯", "地瓜", "番薯", "甘薯"),
    ("猕猴桃", "奇异果"),
    ("玉米", "苞谷", "包谷"),
    ("菠萝", "凤梨"),
    ("核桃", "胡桃"),
    ("圣女果", "小番茄"),
    ("花菜", "菜花"),
    ("辣椒", "辣子"),
    ("银耳", "白木耳"),
    ("香菇", "冬菇"),
    ("紫菜", "海苔"),
    ("牛奶", "鲜奶"),
    ("民宿", "客栈"),
)
# A word for the whole finds its sorts, not the other way round; parts of names are enough (洋槐蜜 holds 槐蜜).
_SORTS = {
    "蜂蜜": ("槐蜜", "树蜜", "花蜜", "条蜜", "蜂巢蜜", "黑蜂"),
    "荞麦": ("苦荞", "甜荞"),
    "橙子": ("脐橙", "血橙", "冰糖橙", "绿橙"),
    "柑橘": ("椪柑", "沃柑", "耙耙柑", "蜜橘"),
    "柚子": ("蜜柚", "红心柚"),
    "桃子": ("黄桃", "水蜜桃", "蟠桃", "冬桃"),
    "李子": ("青脆李", "蜂糖李", "三华李"),
    "杂粮": ("小米", "黄米", "燕麦", "荞麦", "藜麦", "青稞"),
}


def also_called(word: str) -> tuple[str, ...]:
    """Return what else to look for when `word` is searched."""
    same = (other for group in _SAME if word in group for other in group if other != word)
    return (*same, *_SORTS.get(word, ()))
