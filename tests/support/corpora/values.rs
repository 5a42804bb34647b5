//! What stands in events: people, places, ids.

use super::dice::Dice;
use super::json::{Json, bare, list, object, text};

pub const TOKEN: &str = "Jc0hQ7tZr2VxkYwP5uAe9NsGd4LmBf6R";
pub const TENANT: &str = "73f10c5e9ab24d68";
pub const APP: &str = "cli_a1f2c3d4e5b6700c";
/// When the first event happens: a Monday in 2024.
pub const START: u64 = 1_718_000_000;

const PLACES: &[&str] = &[
    "浙江省杭州市滨江区网商路699号4号楼",
    "北京市朝阳区望京街10号望京SOHO塔2",
    "上海市浦东新区张江高科技园区博云路2号",
    "广东省深圳市南山区粤海街道科技南十二路18号长虹科技大厦12层",
    "湖北省武汉市洪山区珞喻路152号",
    "四川省成都市武侯区天府三街",
    "陕西省西安市雁塔区丈八街道（锦业路）都市之门B座",
    "40 Robinson Road, #12-01, Singapore",
    "Marunouchi Trust Tower, Tokyo",
    "",
];
const NETWORKS: &[&str] =
    &["Office-5G", "corp \"guest\"", "TP-LINK_8A21", "三楼会议室", "HQ Staff", "eduroam"];
const REMARKS: &[&str] =
    &["外出拜访客户", "forgot my badge, sorry", "补卡 / 出差", "雨太大，地铁停运 <两小时>", "WFH & on call"];
const NAMES: &[&str] = &["王欣", "陈默", "李思远", "Priya Nair", "佐藤健", "欧阳若兰", "José García", "张伟"];
const WORDS: &[&str] = &[
    "今天",
    "会议",
    "改到",
    "下午三点",
    "please",
    "review",
    "发布",
    "计划",
    "https://example.com/a?b=1&c=2",
    "🎉",
    "明天",
    "ok",
    "谢谢",
    "帮忙看一下",
    "build #4812",
    "\n",
    "报销",
    "已经",
    "提交",
    "了",
];
const TITLES: &[&str] = &["高级工程师", "产品经理", "Designer", "财务专员", "测试工程师", "Sales Lead"];

pub fn hex(dice: &mut Dice, digits: usize) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut number = 0;
    (0..digits)
        .map(|at| {
            number = if at % 16 == 0 { dice.number() } else { number >> 4 };
            DIGITS[(number & 15) as usize] as char
        })
        .collect()
}

/// An id with a prefix, as `ou_` and 32 digits.
pub fn id(dice: &mut Dice, prefix: &str) -> Json {
    text(format!("{prefix}_{}", hex(dice, 32)))
}

pub fn digits(dice: &mut Dice, count: usize) -> String {
    (0..count).map(|at| (b'0' + (at == 0) as u8 + dice.below(9) as u8) as char).collect()
}

pub fn mac(dice: &mut Dice) -> String {
    (0..6).map(|_| hex(dice, 2)).collect::<Vec<_>>().join(":")
}

/// Longitudes and latitudes come with few decimals and with as many as a double has.
pub fn degrees(dice: &mut Dice, from: u64, range: u64) -> Json {
    let decimals = dice.pick(&[6, 6, 13, 14]);
    let written = format!("{}.{}", from + dice.number() % range, digits(dice, decimals));
    bare(written.parse::<f64>().expect("it is a number"))
}

/// One of three thousand people.
pub fn employee(dice: &mut Dice) -> String {
    format!("{:08x}", (dice.below(3000) as u32 + 17).wrapping_mul(0x9e37_79b1))
}

pub fn place(dice: &mut Dice) -> &'static str {
    dice.pick(PLACES)
}

pub fn network(dice: &mut Dice) -> &'static str {
    dice.pick(NETWORKS)
}

/// Most say nothing.
pub fn remark(dice: &mut Dice) -> &'static str {
    if dice.chance(60) { "" } else { dice.pick(REMARKS) }
}

pub fn name(dice: &mut Dice) -> &'static str {
    dice.pick(NAMES)
}

pub fn title(dice: &mut Dice) -> &'static str {
    dice.pick(TITLES)
}

/// Some words of a chat.
pub fn sentence(dice: &mut Dice, most: usize) -> String {
    let words: Vec<&str> = (0..=dice.below(most)).map(|_| dice.pick(WORDS)).collect();
    words.join(if dice.chance(50) { " " } else { "" })
}

/// A person by the three ids of theirs; the third wants a permission.
pub fn person(dice: &mut Dice) -> Json {
    object([
        ("open_id", id(dice, "ou")),
        ("union_id", id(dice, "on")),
        ("user_id", sometimes(dice, 70, |dice| text(employee(dice)))),
    ])
}

pub fn people(dice: &mut Dice, most: usize) -> Json {
    list((0..=dice.below(most)).map(|_| person(dice)))
}

/// A value that is there `percent` times in a hundred.
pub fn sometimes(dice: &mut Dice, percent: usize, make: impl FnOnce(&mut Dice) -> Json) -> Json {
    if dice.chance(percent) { make(dice) } else { Json::Absent }
}
