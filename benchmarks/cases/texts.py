"""Reports as residents write them: a spot, what is wrong, since when, a wish. Millions of different ones."""

from __future__ import annotations

from random import Random

SPOTS = (
    "菜市场北门", "小学门口", "公交站台", "三单元楼下", "二号楼后面", "健身广场", "卫生院对面", "桥头", "停车场入口", "地下车库",
    "药店门前", "幼儿园围墙外", "河边步道", "老年活动中心", "快递柜旁边", "十字路口", "小区东门", "小区西门", "文化站楼上", "农贸市场里",
    "加油站旁", "篮球场边", "垃圾房旁", "配电房前", "居委会楼下", "早点铺门口", "理发店旁边", "五金店对面", "水塔下面", "宿舍区拐角",
)  # fmt: skip
THINGS = {
    "manhole-cover": ("井盖破了一半", "井盖松动，车压过去响得厉害", "下水井的盖子没了", "井口塌下去一块", "雨水井盖翘起来"),
    "road-damage": ("路面塌陷有个大坑", "人行道地砖翘起来", "水泥路裂缝越来越宽", "盲道断了一截", "台阶坏了两级"),
    "street-light": ("路灯不亮", "灯杆歪了快倒", "路灯一闪一闪的", "整条巷子没有灯", "灯罩掉下来挂着"),
    "water-leak": ("水管爆了一直冒水", "下水道堵了污水倒灌", "消防栓漏水", "自来水发黄", "楼道水表漏水"),
    "rubbish": ("垃圾桶满了没人清", "建筑垃圾堆了一大片", "旧家具扔在路边", "渣土倒在绿化带", "装修垃圾挡着通道"),
    "fire-passage": ("消防通道被堵住", "楼道里堆满杂物", "电动车飞线充电", "安全出口锁了", "灭火器过期了"),
    "traffic-disorder": ("僵尸车占着车位", "路口红绿灯不亮", "斑马线磨得看不见", "有人占道停车", "货车半夜逆行"),
    "night-noise": ("夜里施工太吵", "烧烤摊吵到半夜", "广场舞音响太大", "装修吵得睡不着", "空调外机嗡嗡响"),
}  # fmt: skip
SINCE = (
    "昨天晚上开始的", "已经三天了", "快一个星期了", "下雨以后更严重", "上个月修过又坏了", "今天早上发现的", "一直没有人管", "反映过两次了",
    "过年前就这样", "一到傍晚就这样", "前天台风以后", "放学时间最危险",
)  # fmt: skip
WHO = ("老人", "孩子", "骑车的人", "推婴儿车的", "送货师傅", "邻居们", "租户", "学生", "环卫工人", "过路的人")
HARM = ("差点摔倒", "都绕着走", "很有意见", "看不见路", "不敢出门", "滑了一跤", "被绊了一下", "没法通过")
WISH = (
    "麻烦尽快处理，谢谢",
    "希望有人来看看",
    "请派人修一下",
    "麻烦尽快处理",
    "什么时候能修好",
    "盼回复",
    "拜托了",
    "请核实",
)
NAMES = "陈林赵孙李周吴郑王冯蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"


def write(dice: Random, category: str, community: str) -> tuple[str, str]:
    """(words, spot). About a quarter of all texts has 尽快; a shop's name is shared by a few dozen in a million."""
    pick = dice.choice
    shop = f"{pick(NAMES)}{pick(NAMES)}{pick(NAMES)}记店铺门前" if dice.random() < 0.2 else pick(SPOTS)
    parts = [f"{community}{shop}{pick(THINGS[category])}", pick(SINCE)]
    if dice.random() < 0.6:
        parts.append(f"{pick(WHO)}{pick(HARM)}")
    if dice.random() < 0.8:
        parts.append(f"{pick(WISH)}")
    return "，".join(parts) + "。", f"{community}{shop}"[:200]
