//! The world of the samples: places, comments and how often things happen. All of it is invented: streets of real
//! cities with numbers that nobody was asked for.

/// A place where people punch.
pub(super) struct Place {
    pub name: &'static str,
    /// Millionths of a degree.
    pub longitude: u32,
    /// Millionths of a degree.
    pub latitude: u32,
    /// The Wi-Fi there.
    pub ssid: &'static str,
}

const fn place(name: &'static str, longitude: u32, latitude: u32, ssid: &'static str) -> Place {
    Place { name, longitude, latitude, ssid }
}

/// Offices: an employee has one of them, with Wi-Fi and machines.
pub(super) const OFFICES: &[Place] = &[
    place("浙江省杭州市余杭区五常街道荆长大道星河科创园", 120_040_043, 30_292_450, "Xinghe-Office"),
    place("上海市徐汇区漕河泾街道桂平路启明大厦B座", 121_398_210, 31_171_930, "QiMing-5G"),
    place("北京市海淀区中关村街道学院南路云帆中心12层", 116_337_812, 39_956_104, "YunFan Staff"),
    place("广东省深圳市南山区粤海街道科苑路海岸时代东座", 113_944_507, 22_533_288, "HAST_5F"),
    place("四川省成都市武侯区桂溪街道天府二街锦程国际", 104_066_190, 30_545_020, "锦程-办公"),
    place("湖北省武汉市洪山区关东街道光谷软件园6期", 114_410_330, 30_478_811, "OV-Park"),
    place("江苏省南京市雨花台区铁心桥街道凤集大道晨光谷", 118_757_901, 31_976_542, "ChenGuang Inc"),
    place("陕西省西安市雁塔区丈八沟街道锦业路长安云谷", 108_876_002, 34_190_777, "changan-guest"),
];

/// Places of field work: no Wi-Fi of ours.
pub(super) const SITES: &[Place] = &[
    place("上海市浦东新区陆家嘴街道世纪大道(临时展位 \"A-17\")", 121_506_377, 31_238_068, ""),
    place("北京市朝阳区望京街道阜通东大街客户现场", 116_480_881, 39_996_794, ""),
    place("广东省广州市天河区猎德街道珠江东路,2号门", 113_327_604, 23_118_904, ""),
    place("重庆市渝中区解放碑街道民族路地铁站3口", 106_577_052, 29_557_285, "Metro-Free"),
    place("福建省厦门市思明区滨海街道环岛路仓库", 118_120_033, 24_436_521, ""),
    place("新疆维吾尔自治区乌鲁木齐市水磨沟区南湖北路工地", 87_628_814, 43_833_310, ""),
];

/// What people write when they punch. Commas, quotes and line ends on purpose: they are what breaks a CSV.
pub(super) const COMMENTS: &[&str] = &[
    "早高峰堵车，晚到十分钟",
    "地铁2号线故障,已在群里说明",
    "昨晚上线到凌晨两点,今天晚到",
    "手机没电，用备用机打卡",
    "忘带工牌",
    "加班：版本发布",
    "补卡：会议室信号不好，\"打卡失败\"三次",
    "上午：拜访客户\n下午：回公司写方案",
    "OK",
    "打卡 👍",
    "今天生日🎂，早走半小时😄",
    "家里有事,请假半天 (已批)",
    "换班，与下一组对调",
    "=请看日报",
    "网络异常\\重试",
];

/// What people write when they work in the field.
pub(super) const FIELD_COMMENTS: &[&str] = &[
    "外勤：客户现场驻场",
    "拜访客户，下午回公司",
    "展会布展,预计18:00结束",
    "设备巡检\n1号柜正常\n2号柜待换件",
    "送样品到仓库，对方说\"周五前\"签收",
    "现场支持 🔧",
];

/// How the record was made, and how often in a thousand.
pub(super) const SOURCES: &[(i64, u32)] =
    &[(0, 745), (6, 140), (5, 85), (2, 14), (1, 6), (3, 4), (4, 4), (7, 2)];

/// Suspected cheating, and how often in a thousand.
pub(super) const RISKS: &[(i64, u32)] = &[(0, 978), (1, 9), (2, 7), (3, 6)];

/// How a result changes: its status and supplement before, and both now.
pub(super) const CHANGES: &[([&str; 4], u32)] = &[
    (["Todo", "None", "Normal", "None"], 500),
    (["Todo", "None", "Late", "None"], 120),
    (["Todo", "None", "Lack", "None"], 60),
    (["Normal", "None", "Late", "None"], 40),
    (["Normal", "None", "Early", "None"], 60),
    (["Late", "None", "SeriousLate", "None"], 10),
    (["Lack", "None", "Lack", "CardReplacementApplication"], 60),
    (["Lack", "CardReplacementApplication", "Normal", "CardReplacement"], 60),
    (["Late", "None", "Normal", "ManagerModification"], 30),
    (["Lack", "None", "Normal", "Leave"], 30),
    (["Todo", "None", "NoNeedCheck", "Travel"], 20),
    (["Lack", "None", "Normal", "FieldPunch"], 10),
];

/// Seconds between two punches in each hour of a working day, on average: an office of some hundred people that
/// begins between eight and ten, has lunch, and goes home late.
pub(super) const GAPS: [u32; 24] = [
    1800, 3600, 3600, 3600, 3600, 3600, 600, 90, 9, 6, 25, 60, 30, 30, 90, 120, 120, 40, 8, 9, 14, 25, 60,
    300,
];

/// So many times longer are the gaps at a weekend.
pub(super) const WEEKEND: u32 = 15;
