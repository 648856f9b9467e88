"""Names of synthetic people. Common surnames and given names, put together by a seeded generator."""

from __future__ import annotations

from random import Random

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常普矣"
FIRST = "建国志文晓小玉春秋海明永家学世德光庆正立少云金红丽雪慧秀桂淑凤美兰"
SECOND = "华平军伟强勇辉斌涛鹏杰峰磊刚林东波宁芳英敏静娟玲燕梅霞琴洁莉萍蓉莹倩琳珍莲仙芬"


def person_name(dice: Random) -> str:
    given = dice.choice(SECOND) if dice.random() < 0.3 else dice.choice(FIRST) + dice.choice(SECOND)
    return dice.choice(SURNAMES) + given
