//! The people of a sample: whoever has a number has the same name, address and phone number in every event. All are
//! invented.

/// How people are called who go by a Chinese name: the characters and how they are spelt.
const SURNAMES: &[(&str, &str)] = &[
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("陈", "Chen"),
    ("杨", "Yang"),
    ("赵", "Zhao"),
    ("黄", "Huang"),
    ("周", "Zhou"),
    ("吴", "Wu"),
    ("徐", "Xu"),
    ("孙", "Sun"),
    ("胡", "Hu"),
    ("朱", "Zhu"),
    ("高", "Gao"),
    ("林", "Lin"),
];
const GIVEN: &[(&str, &str)] = &[
    ("伟", "Wei"),
    ("芳", "Fang"),
    ("娜", "Na"),
    ("敏", "Min"),
    ("静", "Jing"),
    ("磊", "Lei"),
    ("晓明", "Xiaoming"),
    ("艳", "Yan"),
    ("勇", "Yong"),
    ("杰", "Jie"),
    ("雨桐", "Yutong"),
    ("子涵", "Zihan"),
    ("建国", "Jianguo"),
    ("思远", "Siyuan"),
    ("嘉怡", "Jiayi"),
];

/// How the others are called.
const OTHERS: &[(&str, &str)] =
    &[("Tom", "Baker"), ("Aiko", "Tanaka"), ("Priya", "Nair"), ("Léa", "Moreau"), ("James", "O’Neill")];

/// One in so many goes by another than a Chinese name.
const OTHER: u32 = 9;

/// Somebody's name.
struct Name {
    given: (&'static str, &'static str),
    surname: (&'static str, &'static str),
    is_chinese: bool,
}

fn of(who: u32) -> Name {
    if who % OTHER == 4 {
        let (given, surname) = OTHERS[(who / OTHER) as usize % OTHERS.len()];
        return Name { given: (given, given), surname: (surname, surname), is_chinese: false };
    }
    // Fifteen and sixteen have no factor in common: 240 pairs before one comes again.
    let who = who as usize;
    Name { given: GIVEN[who % GIVEN.len()], surname: SURNAMES[who % SURNAMES.len()], is_chinese: true }
}

/// The name that somebody goes by: 王芳, or Tom Baker.
pub(super) fn name(who: u32) -> String {
    match of(who) {
        Name { given, surname, is_chinese: true } => format!("{}{}", surname.0, given.0),
        _ => english(who),
    }
}

/// The name in Latin letters: Fang Wang.
pub(super) fn english(who: u32) -> String {
    let Name { given, surname, .. } = of(who);
    format!("{} {}", given.1, surname.1)
}

/// An address at the company. The number keeps those apart who share a name.
pub(super) fn email(who: u32) -> String {
    let Name { given, surname, .. } = of(who);
    let letters = |name: &str| name.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    format!("{}.{}{who}@example.com", letters(given.1), letters(surname.1)).to_lowercase()
}

/// A phone number. No mobile number of the country begins like this.
pub(super) fn phone(who: u32) -> String {
    format!("+8612{:09}", u64::from(who) * 7919 % 1_000_000_000)
}
