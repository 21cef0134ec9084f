"""Words that names are made of: trades and forms of merchants, sorts and packings of products."""

# category: the trade of those who offer it
TRADES = {
    "fruit": ("果业", "fruit"),
    "vegetable": ("蔬菜", "vegetable"),
    "grain": ("粮谷", "grain"),
    "oil": ("油料", "oil crop"),
    "meat": ("养殖", "livestock"),
    "aquatic": ("水产", "aquaculture"),
    "egg-dairy": ("蛋奶", "egg and dairy"),
    "fungi": ("菌业", "mushroom"),
    "tea": ("茶业", "tea"),
    "honey": ("蜂业", "beekeeping"),
    "herb": ("药材", "herb"),
    "snack": ("干果", "nut and snack"),
    "condiment": ("调味", "condiment"),
    "beverage": ("饮品", "beverage"),
    "handicraft": ("手工艺", "handicraft"),
    "tourism": ("乡村旅游", "rural tourism"),
}

# producer type: how often, its form in Chinese and English
FORMS = {
    "cooperative": (50, "合作社", "co-operative"),
    "family_farm": (22, "家庭农场", "family farm"),
    "enterprise": (18, "加工厂", "works"),
    "agent": (10, "供销服务站", "supply station"),
}
CRAFT_FORMS = {"family_farm": ("工坊", "workshop")}

_FRESH = (
    ("精选", "selected"),
    ("大果", "large"),
    ("中果", "medium"),
    ("当季", "in season"),
    ("一级", "grade one"),
    ("特级", "top grade"),
    ("产地直发", "sent from the field"),
)
_DRY = (
    ("精选", "selected"),
    ("当年新货", "this year's"),
    ("一级", "grade one"),
    ("特级", "top grade"),
    ("产地直发", "sent from the village"),
    ("原味", "plain"),
    ("晾晒", "air-dried"),
)
_MEAT = (
    ("精选", "selected"),
    ("散养", "free-range"),
    ("农家", "farmhouse"),
    ("产地直发", "sent from the farm"),
    ("冷链", "cold chain"),
    ("分割", "portioned"),
    ("家常", "everyday"),
)
_CRAFT = (
    ("手工", "handmade"),
    ("传统纹样", "traditional pattern"),
    ("素色", "plain colours"),
    ("双面", "double-sided"),
    ("村里老手艺", "old village craft"),
    ("定制", "made to order"),
    ("小批量", "small batch"),
)
_TRIP = (
    ("周末", "weekend"),
    ("亲子", "family"),
    ("慢游", "slow"),
    ("采风", "sketching"),
    ("春节", "spring festival"),
    ("团建", "team"),
    ("摄影", "photo"),
)
_COOKED = (
    ("传统工艺", "traditional recipe"),
    ("精选", "selected"),
    ("原味", "plain"),
    ("古法", "old style"),
    ("农家", "farmhouse"),
    ("小批量", "small batch"),
    ("手工", "made by hand"),
)

# category: words for the sort
SORTS = {
    "fruit": _FRESH,
    "vegetable": (("精选", "selected"), ("净菜", "trimmed"), *_FRESH[3:]),
    "grain": (*_DRY[:5], ("石碾", "stone-milled"), ("小包", "small bag")),
    "oil": (("压榨", "pressed"), ("初榨", "first pressing"), ("小榨", "small press"), *_DRY[:4]),
    "meat": _MEAT,
    "aquatic": (("现捞", "freshly caught"), ("净膛", "cleaned"), *_MEAT[3:], ("精选", "selected")),
    "egg-dairy": (("散养", "free-range"), ("牧场", "pasture"), ("农家", "farmhouse"), *_FRESH[3:]),
    "fungi": _DRY,
    "tea": (("头采", "first picking"), ("手工", "made by hand"), ("高山", "high mountain"), *_DRY[2:6]),
    "honey": (("成熟蜜", "ripe"), ("土蜂", "native bee"), *_DRY[:5]),
    "herb": _DRY,
    "snack": (("原味", "plain"), ("小粒", "small"), ("椒盐", "salt and pepper"), *_DRY[:4]),
    "condiment": _COOKED,
    "beverage": (("原味", "plain"), ("精制", "refined"), ("经典", "classic"), *_DRY[:4]),
    "handicraft": _CRAFT,
    "tourism": _TRIP,
}
PACKS = (
    ("家庭装", "family pack"),
    ("礼盒装", "gift box"),
    ("尝鲜装", "taster"),
    ("年货装", "new-year pack"),
    ("分享装", "sharing pack"),
    ("产地箱装", "farm crate"),
    ("福利装", "staff gift pack"),
)
CRAFT_PACKS = (
    ("单件", "single"),
    ("礼盒装", "gift box"),
    ("伴手礼", "souvenir"),
    ("家居款", "for the home"),
    ("收藏款", "collector's"),
    ("年货款", "new-year"),
    ("福利款", "staff gift"),
)
TRIP_PACKS = (
    ("单人", "for one"),
    ("双人", "for two"),
    ("小团", "small group"),
    ("家庭", "for families"),
    ("银龄", "for seniors"),
    ("学生", "for students"),
    ("自驾", "by own car"),
)
OTHER_PACKS = {"handicraft": CRAFT_PACKS, "tourism": TRIP_PACKS}
# For very large demos, when sort and packing are used up.
LOTS = (
    ("山地", "hill-grown"),
    ("坡地", "slope-grown"),
    ("河谷", "valley-grown"),
    ("村集体", "village collective"),
    ("合作社", "co-operative lot"),
    ("老产区", "old growing area"),
    ("新产区", "new growing area"),
)
