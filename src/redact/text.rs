//! Stand-ins of texts, by their form alone: so a value has the same wherever it stands.

use std::fmt::Write;

use crate::rules::value::{is_mac, is_url};

use super::keyed::{Keyed, Use};

/// A host that nobody has (RFC 2606).
const HOST: &str = "host.example";

/// The mobile numbers of the mainland: what follows in the stand-in begins none of them.
const MAINLAND: &str = "+86";

impl Keyed {
    /// The stand-in of a text that is no JSON. White space says nothing, and stays.
    pub fn text(&self, turn: u8, text: &str) -> String {
        if text.chars().all(char::is_whitespace) {
            return text.to_owned();
        }
        let forms = [Keyed::mac, Keyed::url, Keyed::email, Keyed::mobile, Keyed::word];
        forms.iter().find_map(|form| form(self, turn, text)).unwrap_or_else(|| self.words(turn, text))
    }

    /// A locally administered address, and so no vendor's.
    fn mac(&self, turn: u8, text: &str) -> Option<String> {
        if !is_mac(text.as_bytes()) {
            return None;
        }
        let between = &text[2..3];
        let mut digits = String::new();
        let mut stream = self.stream(Use::Text, turn, text.to_ascii_lowercase().replace('-', ":").as_bytes());
        stream.hex(12, &mut digits);
        digits.replace_range(1..2, ["2", "6", "a", "e"][stream.below(4) as usize]);
        let pairs: Vec<&str> = (0..6).map(|pair| &digits[2 * pair..2 * pair + 2]).collect();
        let mac = pairs.join(between);
        let is_upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
        Some(if is_upper { mac.to_ascii_uppercase() } else { mac })
    }

    fn url(&self, turn: u8, text: &str) -> Option<String> {
        let scheme = if is_url(text) { text.find("://")? } else { return None };
        Some(self.behind(&format!("{}{HOST}/", &text[..scheme + 3]), turn, text))
    }

    fn email(&self, turn: u8, text: &str) -> Option<String> {
        let (local, host) = text.split_once('@')?;
        let is_word =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte));
        let is_email = !local.is_empty() && host.contains('.') && is_word(local) && is_word(host);
        is_email.then(|| format!("{}@example.com", self.behind("user", turn, text)))
    }

    /// A mobile number with the code of its country. Those of the mainland have a stand-in that nobody has.
    fn mobile(&self, turn: u8, text: &str) -> Option<String> {
        let number = text.strip_prefix(MAINLAND)?;
        if number.len() != 11 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut stream = self.stream(Use::Text, turn, text.as_bytes());
        let mut out = format!("{MAINLAND}12");
        (0..9).for_each(|_| out.push(char::from(b'0' + stream.below(10) as u8)));
        Some(out)
    }

    /// Plainly a stand-in, however short the text was: what reads like a name is taken for somebody's.
    fn words(&self, turn: u8, text: &str) -> String {
        self.behind(if text.chars().any(is_chinese) { "文字" } else { "text " }, turn, text)
    }

    /// The stand-in of a key that is not documented.
    pub fn key(&self, key: &str) -> String {
        let mut out = String::from("key_");
        self.stream(Use::Key, 0, key.as_bytes()).hex(10, &mut out);
        out
    }

    /// What is the same for the same text, behind this.
    pub fn behind(&self, start: &str, turn: u8, text: &str) -> String {
        let mut out = String::new();
        let _ = write!(out, "{start}");
        self.stream(Use::Text, turn, text.as_bytes()).hex(12, &mut out);
        out
    }
}

fn is_chinese(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::garbled;

    fn text(text: &str) -> String {
        Keyed::new(b"a key").text(0, text)
    }

    #[test]
    fn texts_keep_their_form() {
        for (given, start, end, length) in [
            ("", "", "", 0),
            (" \n", " \n", "", 2),
            ("https://open.feishu.cn/a?token=1", "https://host.example/", "", 33),
            ("HTTP://例子.测试", "HTTP://host.example/", "", 32),
            ("zhang.san@corp.com.cn", "user", "@example.com", 28),
            ("+8613812345678", "+8612", "", 14),
            ("浙", "文字", "", 18),
            ("浙江省杭州市余杭区五常街道", "文字", "", 18),
            ("See you at 9", "text ", "", 17),
            ("????????", "text ", "", 17),
        ] {
            let stand_in = text(given);
            assert!(stand_in.starts_with(start) && stand_in.ends_with(end), "{given}: {stand_in}");
            assert_eq!(stand_in.len(), length, "{given}: {stand_in}");
            assert!(stand_in != given || given.trim().is_empty(), "{given}");
        }
    }

    #[test]
    fn addresses_of_machines_keep_their_signs_and_are_nobodys() {
        let (colons, dashes) = (text("b0:b8:67:62:18:73"), text("B0-B8-67-62-18-73"));
        assert!(is_mac(colons.as_bytes()) && is_mac(dashes.as_bytes()));
        assert_eq!(dashes, colons.replace(':', "-").to_uppercase(), "the same address in another spelling");
        assert!("26ae".contains(&colons[1..2]));
    }

    #[test]
    fn short_chinese_texts_became_names_of_people() {
        for given in ["病假", "北京", "王小明", "研发中心"] {
            let stand_in = text(given);
            let digits = stand_in.strip_prefix("文字").expect(&stand_in);
            assert!(digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()), "{stand_in}");
        }
    }

    #[test]
    fn no_stand_in_is_taken_for_one_that_was_read_wrongly() {
        for example in ["文字0", "text ä"] {
            assert_eq!(garbled::example_of(example.as_bytes(), b""), None);
        }
    }
}
