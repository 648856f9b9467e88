"""Who works in the parts of 清河市 that seed_more.py fills."""

# name: (user name, phone, role, unit key, level, attribute of the city); of disputes.MEDIATORS, who live elsewhere
STAFF = {
    "巴雅尔": ("bayar", "+8613800000021", "village-mediator", "community-mediation", "community", "river"),
    "苏和": ("suhe", "+8613800000023", "township-mediator", "street-mediation", "street", "river_street"),
    "那顺": ("nashun", "+8613800000025", "street-officer", "street-centre", "street", "river_street"),
    "高娃": ("gaowa", "+8613800000026", "dispatcher", "county-centre", "county", "west"),
    "孟和": ("menghe", "+8613800000028", "handler", "county-housing", "county", "west"),
    "红石": ("hongshi", "+8613800000031", "grid-worker", "community-committee", "community", "bridge_1"),
    "石梅": ("shimei", "+8613800000032", "community-secretary", "community-committee", "community", "bridge"),
}

USERNAMES = {name: row[0] for name, row in STAFF.items()}
