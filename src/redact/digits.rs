//! Stand-ins of numbers, and of texts that are one word of letters and digits: as long, of the same letters, with the same
//! signs between them.

use crate::catalog::Kind;

use super::keyed::{Base, Keyed, Use};

/// Longer words are texts.
const LONGEST: usize = 128;

/// Beginnings that say of what an id is.
const PREFIXES: &[&str] = &[
    "ou_", "on_", "oc_", "om_", "omt_", "od_", "og_", "oe_", "oa_", "cli_", "bot_", "img_", "file_", "t-",
    "u-",
];

impl Keyed {
    /// The stand-in of a word of ASCII letters, digits and signs, of which no letter or digit is left but the prefix of an
    /// id. `None` where the text is none.
    pub fn word(&self, turn: u8, text: &str) -> Option<String> {
        const SIGNS: &[u8] = b"_-.:/+=#@~,;|*";
        let is_word = text.len() <= LONGEST
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || SIGNS.contains(&byte));
        if !is_word {
            return None;
        }
        let prefix = PREFIXES.iter().find(|prefix| text.starts_with(*prefix)).map_or("", |prefix| *prefix);
        Some(format!("{prefix}{}", self.letters(turn, &text[prefix.len()..])))
    }

    /// The same letters and digits in number and kind, others in fact; all else stays.
    fn letters(&self, turn: u8, text: &str) -> String {
        let alphabet = Alphabet::of(text);
        let mut out = text.as_bytes().to_vec();
        let mut digits: Vec<u8> = out.iter().filter_map(|byte| alphabet.place(*byte)).collect();
        // A number of several digits keeps its first zero, or has none.
        let is_long = alphabet.is_number() && digits.len() > 1;
        let keeps = usize::from(is_long && digits[0] == 0);
        let base = Base { base: alphabet.size(), leads: is_long && keeps == 0 };
        self.permute(turn, &mut digits[keeps..], base);
        let letters = out.iter_mut().filter(|byte| byte.is_ascii_alphanumeric());
        letters.zip(digits).for_each(|(byte, digit)| *byte = alphabet.letter(digit));
        String::from_utf8(out).unwrap_or_default()
    }

    /// The stand-in of a JSON number: of as many digits, an integer or not as it was, of the same sign. After many turns
    /// it is longer: of one digit there are few.
    pub fn number(&self, turn: u8, number: &str) -> String {
        const MANY: u8 = 8;
        if turn < MANY || number.contains(['.', 'e', 'E']) {
            return self.exact_number(turn, number);
        }
        let (sign, digits) = number.split_at(usize::from(number.starts_with('-')));
        self.exact_number(turn, &format!("{sign}1{digits}"))
    }

    fn exact_number(&self, turn: u8, number: &str) -> String {
        let exponent = number.find(['e', 'E']).unwrap_or(number.len());
        // The letter of an exponent stays what it is.
        let (mantissa, exponent) = number.split_at(exponent);
        let mut out = self.letters(turn, mantissa);
        if let Some((sign, digits)) = exponent.split_at_checked(1) {
            out += sign;
            out += &self.letters(turn, digits);
        }
        out
    }

    /// The stand-in of degrees: on Earth if they are, and beyond the same limit if not; far from where they are. 0, which
    /// is what stands where there is no place, stays.
    pub fn degrees(&self, kind: Kind, number: &str) -> String {
        let limit = if matches!(kind, Kind::Latitude) { 90 } else { 180 };
        let value: f64 = number.parse().unwrap_or(f64::INFINITY);
        if value == 0.0 {
            return if number.contains(['.', 'e', 'E']) { "0.0".to_owned() } else { "0".to_owned() };
        }
        let mut stream = self.stream(Use::Place, limit, number.as_bytes());
        let size = value.abs();
        let range = match () {
            () if size <= f64::from(limit) => 0..u32::from(limit),
            // A longitude in the place of a latitude.
            () if size <= 180.0 => 91..180,
            () => 181..1000,
        };
        let near = |whole: u32| (f64::from(whole) - size).abs() < 3.0;
        let mut whole = range.start + stream.below(range.end - range.start);
        while near(whole) {
            whole = range.start + stream.below(range.end - range.start);
        }
        let mut out = format!("{}{whole}", if number.starts_with('-') { "-" } else { "" });
        let digits = number.split(['e', 'E']).next().unwrap_or(number);
        let fraction = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let is_integer = !number.contains(['.', 'e', 'E']);
        if !is_integer {
            out.push('.');
            // The last digit says how exact it is, so it is none that may be left out.
            (1..fraction.max(1)).for_each(|_| out.push(char::from(b'0' + stream.below(10) as u8)));
            out.push(char::from(b'1' + stream.below(9) as u8));
        }
        out
    }
}

/// The letters and digits that may stand in a word: of digits, small and capital letters all if one is there. Which of them
/// stands where would tell a long id by itself.
#[derive(Clone, Copy)]
struct Alphabet {
    digits: u8,
    lower: u8,
    upper: u8,
}

impl Alphabet {
    fn of(text: &str) -> Alphabet {
        let (mut digits, mut hex, mut lower, mut upper) = (false, false, false, false);
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' => digits = true,
                b'a'..=b'f' => hex = true,
                b'g'..=b'z' => lower = true,
                b'A'..=b'Z' => upper = true,
                _ => {}
            }
        }
        let small = match () {
            () if lower || hex && (upper || !digits) => 26,
            () if hex => 6,
            () => 0,
        };
        Alphabet { digits: 10 * u8::from(digits), lower: small, upper: 26 * u8::from(upper) }
    }

    fn size(self) -> u8 {
        (self.digits + self.lower + self.upper).max(1)
    }

    fn is_number(self) -> bool {
        self.digits > 0 && self.lower + self.upper == 0
    }

    /// The number of a letter.
    fn place(self, byte: u8) -> Option<u8> {
        match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'z' => Some(byte - b'a' + self.digits),
            b'A'..=b'Z' => Some(byte - b'A' + self.digits + self.lower),
            _ => None,
        }
    }

    /// The letter of a number.
    fn letter(self, place: u8) -> u8 {
        match () {
            () if place < self.digits => b'0' + place,
            () if place < self.digits + self.lower => b'a' + place - self.digits,
            () => b'A' + place - self.digits - self.lower,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::json::tree;

    fn keyed() -> Keyed {
        Keyed::new(b"a key")
    }

    #[test]
    fn a_word_keeps_its_form() {
        for (word, form) in [
            ("6938012269578125316", "9999999999999999999"),
            ("0", "9"),
            ("007", "999"),
            ("2b68933a", "hhhhhhhh"),
            ("41fae5c12837ead344eced982fbde395", "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"),
            ("ou_7d8a6e6df7621556ce0d21922b676706", "ou_hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"),
            ("cli_a0c203e66cf8100c", "cli_hhhhhhhhhhhhhhhh"),
            ("F39", "AAA"),
            ("zhang.san", "aaaaa.aaa"),
            ("doxcnSweaESWLoHMwh9HcG", "nnnnnnnnnnnnnnnnnnnnnn"),
            ("wz5v....", "nnnn...."),
            ("ou_", "ou_"),
            ("", ""),
            ("2.0", "9.9"),
        ] {
            let stand_in = keyed().word(0, word).unwrap();
            assert_eq!(stand_in.len(), form.len(), "{word}");
            for (byte, form) in stand_in.bytes().zip(form.bytes()) {
                let fits = match form {
                    b'9' => byte.is_ascii_digit(),
                    b'h' => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
                    b'A' => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
                    b'n' => byte.is_ascii_alphanumeric(),
                    b'a' if !word.contains("ou_") => byte.is_ascii_lowercase(),
                    _ => byte == form,
                };
                assert!(fits, "{word}: {stand_in}");
            }
            let is_number = form.len() > 1 && !form.contains(|char: char| char.is_ascii_alphabetic());
            assert!(!is_number || stand_in.starts_with('0') == word.starts_with('0'), "{word}: {stand_in}");
        }
        for text in ["two words", "浙江", "a\"b", "<b>", &"x".repeat(129)] {
            assert_eq!(keyed().word(0, text), None);
        }
    }

    #[test]
    fn an_id_of_one_or_two_digits_stood_in_for_itself() {
        let words = |count: usize| {
            let numbers = (0..100).map(move |number| format!("{number:0count$}"));
            numbers.filter(move |word| word.len() == count)
        };
        for salt in 0..20u8 {
            let keyed = Keyed::new(&[salt]);
            for (turn, count) in (0..4).flat_map(|turn| [(turn, 1), (turn, 2)]) {
                let stand_ins: HashSet<String> = words(count)
                    .map(|word| {
                        let stand_in = keyed.word(turn, &word).unwrap();
                        assert_ne!(stand_in, word, "salt {salt}, turn {turn}");
                        stand_in
                    })
                    .collect();
                assert_eq!(stand_ins.len(), words(count).count());
            }
            for letters in ["a", "Z", "f0", "x1", "no", "A-7"] {
                assert_ne!(keyed.word(0, letters).unwrap(), letters, "salt {salt}");
            }
        }
    }

    #[test]
    fn a_number_is_a_number_of_the_same_kind() {
        for number in [
            "0",
            "7",
            "-7",
            "120",
            "1e400",
            "-0.50",
            "1.5E-3",
            "6938012269578125316",
            "100000000000000000000",
        ] {
            for turn in 0..20 {
                let stand_in = keyed().number(turn, number);
                assert!(tree::is_json(stand_in.as_bytes()), "{stand_in}");
                let is_integer = |text: &str| !text.contains(['.', 'e', 'E']);
                assert_eq!(is_integer(&stand_in), is_integer(number));
                assert_eq!(stand_in.starts_with('-'), number.starts_with('-'));
                assert!(turn >= 8 || stand_in.len() == number.len());
            }
        }
    }

    #[test]
    fn degrees_stay_on_earth_or_off_it_and_are_elsewhere() {
        for (kind, number, least, most) in [
            (Kind::Longitude, "120.04004357074373", 0.0, 180.0),
            (Kind::Longitude, "-0.1", 0.0, 180.0),
            (Kind::Latitude, "30.29245030908851", 0.0, 90.0),
            (Kind::Latitude, "90", 0.0, 90.0),
            (Kind::Latitude, "120.04", 90.1, 180.0),
            (Kind::Latitude, "1.2e2", 90.1, 180.0),
            (Kind::Longitude, "1e400", 180.1, 1000.0),
            (Kind::Latitude, "100000", 180.1, 1000.0),
            (Kind::Longitude, "1.2e2", 0.0, 180.0),
        ] {
            let stand_in = keyed().degrees(kind, number);
            let value: f64 = stand_in.parse().unwrap();
            assert!((least..=most).contains(&value.abs()), "{number}: {stand_in}");
            assert!((value.abs() - number.parse::<f64>().unwrap().abs()).abs() > 1.0, "{number}: {stand_in}");
            assert_eq!(stand_in.starts_with('-'), number.starts_with('-'));
            assert_eq!(stand_in.contains('.'), number.contains(['.', 'e']));
        }
        assert_eq!(keyed().degrees(Kind::Latitude, "0"), "0");
        assert_eq!(keyed().degrees(Kind::Latitude, "-0.00"), "0.0");
    }
}
