//! The rule about texts whose characters were changed on the way, by who read their bytes in another encoding. Texts are
//! known by their first characters, so that those that are whole cost a look at one byte; that a capture holds more
//! texts like it goes without saying.

use crate::finding::{Rule, Severity, Sink, Words};
use crate::lang::{label, say};

use super::site::Site;

/// Characters that are not those that were sent.
pub static GARBLED_TEXT: Rule = Rule {
    code: "garbled-text",
    severity: Severity::Warning,
    summary: label("文本是乱码，不是发送时的内容", "the characters of a text are not those that were sent"),
    why: label(
        "平台发送的是 UTF-8。如果把它的字节当作 Latin-1、Windows-1252 或 GBK 读取，或把文本写到无法表示这\
         些字符的地方，姓名和地点就会永久改变，这样的请求体也不可能通过签名校验。文本会原样显示；问号有可\
         能是用户自己输入的，那种情况只是提示。",
        "The platform sends UTF-8. Who reads its bytes as Latin-1, Windows-1252 or GBK, or writes the text where its \
         characters are not to be had, changes names and places for good, and a signature over such a body cannot \
         fit. The text is shown as it stands; where question marks may have been typed it is a note.",
    ),
    wrong: r#"{.., "event": {.., "location_name": "æµ™æ±Ÿçœ"}}"#,
    right: r#"{.., "event": {.., "location_name": "浙江省"}}"#,
};

/// How a text was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Garble {
    /// Each byte of its UTF-8 became a character: `ä¸Šæµ·` for 上海.
    Latin1,
    /// Two bytes of its UTF-8 became one character: `涓婃捣` for 上海.
    Gbk,
    /// Bytes that are not UTF-8 were read as such.
    Replaced,
    /// Characters were written where there is no place for them: `????` for 上海.
    QuestionMarks,
}

impl Garble {
    /// The beginning of a text that was changed in this way.
    const fn example(self) -> &'static str {
        match self {
            Garble::Latin1 => "ä¸Šæµ·",
            Garble::Gbk => "涓婃捣甯",
            Garble::Replaced => "\u{fffd}\u{fffd}",
            Garble::QuestionMarks => "????",
        }
    }
}

/// The beginning of another text that was changed in the same way as this one, its escapes undone, if it was; `raw` is
/// how it stands in the document.
pub(crate) fn example_of(text: &[u8], raw: &[u8]) -> Option<&'static str> {
    told(text, raw).map(Garble::example)
}

/// How a text was changed, if that is to be told.
fn told(text: &[u8], raw: &[u8]) -> Option<Garble> {
    // Half a surrogate pair that is escaped stands for nothing either, and has a rule of its own.
    let is_there = || memchr::memmem::find(raw, "\u{fffd}".as_bytes()).is_some();
    garble(text).filter(|garble| *garble != Garble::Replaced || is_there())
}

/// How many question marks in a row are more than somebody types.
const QUESTION_MARKS: &[u8] = b"????";

/// Whether a text, which begins at `at` and ends at `end`, is to be judged: its first byte says for most that it is not.
#[inline(always)]
pub(super) fn may_be(text: &[u8], at: usize, end: usize) -> bool {
    let first = text[at];
    (first >= 0xc3 || first == b'?') && may_be_garbled(text, at, end)
}

#[cold]
#[inline(never)]
fn may_be_garbled(text: &[u8], at: usize, end: usize) -> bool {
    let text = &text[at..end];
    match *text {
        // Most are Chinese, and of those most are told by their first character to be whole.
        [first @ 0xe0..0xef, second, third, ..] if !is_shifted(code(first, second, third)) => false,
        _ => garble(text).is_some(),
    }
}

/// How the text was changed that has these bytes, by its first characters.
fn garble(text: &[u8]) -> Option<Garble> {
    if text.starts_with(QUESTION_MARKS) {
        return Some(Garble::QuestionMarks);
    }
    let mut chars = Chars { rest: text };
    match chars.next()? {
        first @ '\u{c3}'..='\u{f4}' => is_latin_1(first, chars).then_some(Garble::Latin1),
        char::REPLACEMENT_CHARACTER => Some(Garble::Replaced),
        // Three characters of three bytes each became two times as many bytes as make a character of GBK.
        first if is_shifted(first.into()) => {
            let wide =
                |chars: &mut Chars<'_>| (0..2).all(|_| chars.next().is_some_and(|char| char >= '\u{2e80}'));
            let shifted = |char: char| is_shifted(char.into());
            let again = wide(&mut chars) && chars.next().is_some_and(shifted);
            // Two of them may stand so by chance, in a name say.
            let third = again && (!wide(&mut chars) || chars.next().is_none_or(shifted));
            third.then_some(Garble::Gbk)
        }
        _ => None,
    }
}

/// Whether `first` and those that follow it are what Latin-1 or Windows-1252 have for the UTF-8 of other characters, as far
/// as that goes. A letter and a quote may stand so by themselves: one of them is to be what nobody writes behind a letter.
fn is_latin_1(mut first: char, mut chars: Chars<'_>) -> bool {
    loop {
        let more = match first as u32 {
            0..0x80 => 0,
            0xc3..0xe0 => 1,
            0xe0..0xf0 => 2,
            0xf0..0xf5 => 3,
            _ => return false,
        };
        let mut shown = false;
        for _ in 0..more {
            match chars.next().filter(|char| is_continuation(*char)) {
                Some(char) => shown |= !BEHIND_A_LETTER.contains(char),
                None => return false,
            }
        }
        if shown {
            return true;
        }
        let Some(next) = chars.next() else { return false };
        first = next;
    }
}

/// Signs that stand directly behind a letter in texts of Latin letters: `é“..”`, `à…`, `là »`.
const BEHIND_A_LETTER: &str = "‘’“”‚„‹›«»–—…\u{a0}";

/// The characters of UTF-8, up to the first that is none.
struct Chars<'t> {
    rest: &'t [u8],
}

impl Chars<'_> {
    fn next(&mut self) -> Option<char> {
        let length = match self.rest.first()? {
            0..0x80 => 1,
            0x80..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
        let (char, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        str::from_utf8(char).ok()?.chars().next()
    }
}

/// Whether a character is what Latin-1 or Windows-1252 have for the bytes 80 to BF, which follow the first of a
/// character in UTF-8.
fn is_continuation(char: char) -> bool {
    const WINDOWS_1252: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
    matches!(char, '\u{80}'..='\u{bf}') || WINDOWS_1252.contains(char)
}

/// What GBK has for E4 to E9 and 80 to BF, with which the UTF-8 of Chinese begins. Most of it is rare.
const SHIFTED: &str = "妗妞妤妫妯妲妾姊姒姗姘姝姣姹娅娆娈娉娌娑娓娣娲娴娼婀婊婕婢婧婵宀宄宓宕宥宸寤寮寰搴杈杌杓杞杩棣棰\
    椁椋椐椤椴椹楂楗楝楠楣楦楫楱楸楹榀榄榇榈榉榘榛榧榫榭榻槌槎洄洇洌洎洙洚洧洫洮洳洵洹浃浈浍浏浒浔浜\
    浞浠浣浯浼涑涓涔涞涠淇渚澧澶澹濂濉濞濠濡濮濯瀚瀛瀣瀵瀹灏灞琚琛瑁瑕瑗瑙瑜瑭瑷瑾璀璁璇璋璎璐璜璞璧\
    璨璩璺瓒甯纭纰纾绀绁绂绉绋绌绐绔绗绛绠绡绨绫绮绯绱绲绶绺绻绾缁缂缃缇缈缍褰蹇鋩鋪鋫鋬鋭鋮鋯鋰鋱鋲\
    鋳鋴鋵鋶鋷鋸鋹鋺鋻鋼鋽鋾鋿錀錁錂錃錄錅錆錇錈錉鍊鍋鍌鍍鍎鍏鍐鍑鍒鍓鍔鍕鍖鍗鍘鍙鍚鍛鍜鍝鍞鍟鍠鍡鍢\
    鍣鍤鍥鍦鍧鍨鍩鍫鎬鎭鎮鎯鎰鎱鎲鎳鎴鎵鎶鎷鎸鎹鎺鎻鎼鎽鎾鎿鏀鏁鏂鏃鏄鏅鏆鏇鏈鏉鏋鏌鏍鐎鐏鐐鐑鐒鐓鐔\
    鐕鐖鐗鐘鐙鐚鐛鐜鐝鐞鐟鐠鐡鐢鐣鐤鐥鐦鐧鐨鐩鐪鐫鐬鐭鐮鑰鑱鑲鑳鑴鑵鑶鑷鑸鑹鑺鑻鑼鑽鑾鑿钀钁钂钃钄钑\
    钖钘铇铏铓铔铚铦铻锜锠閫閬閭閮閯閰閱閲閳閴閵閶閷閸閹閺閻閼閽閾閿闀闁闂闃闄闅闆闇闈闉闊闋韪韫韬骞";

const FIRST_SHIFTED: u32 = 0x5980;
const WORDS: usize = 262;

/// A bit for each character of [`SHIFTED`].
static SHIFTED_BITS: [u64; WORDS] = {
    let mut bits = [0; WORDS];
    let bytes = SHIFTED.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // All of them are three bytes long.
        let number = code(bytes[at], bytes[at + 1], bytes[at + 2]) - FIRST_SHIFTED;
        bits[number as usize / 64] |= 1 << (number % 64);
        at += 3;
    }
    bits
};

/// The character of three bytes.
const fn code(first: u8, second: u8, third: u8) -> u32 {
    (first as u32 & 0x0f) << 12 | (second as u32 & 0x3f) << 6 | third as u32 & 0x3f
}

fn is_shifted(char: u32) -> bool {
    let Some(number) = char.checked_sub(FIRST_SHIFTED) else { return false };
    SHIFTED_BITS.get(number as usize / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
}

/// Judges a text, its escapes undone.
pub(super) fn judge(text: &[u8], site: &Site<'_>, sink: &mut impl Sink) {
    let Some(garble) = told(text, site.raw()) else { return };
    let (severity, what, help) = match garble {
        Garble::Latin1 => (
            Severity::Warning,
            label(
                "是把 UTF-8 当作 Latin-1 (ISO-8859-1) 或 Windows-1252 读取得到的乱码",
                "is UTF-8 that was read as Latin-1 (ISO-8859-1) or Windows-1252: mojibake",
            ),
            label(
                "以 UTF-8 读取请求体并写日志，不要用框架的默认编码",
                "read and log the request's body as UTF-8, not in the default encoding of the framework",
            ),
        ),
        Garble::Gbk => (
            Severity::Warning,
            label(
                "是把 UTF-8 当作 GBK (GB18030) 读取得到的乱码",
                "is UTF-8 that was read as GBK (GB18030): mojibake",
            ),
            label(
                "以 UTF-8 读取请求体并写日志；在 Windows 控制台里，先运行 `chcp 65001`",
                "read and log the request's body as UTF-8; on a console of Windows, run `chcp 65001` before",
            ),
        ),
        Garble::Replaced => (
            Severity::Warning,
            label(
                "里有代替字符的 U+FFFD：不是 UTF-8 的字节被当作 UTF-8 读取了",
                "has U+FFFD in place of characters: bytes that were not UTF-8 were read as such",
            ),
            label("把请求体逐字节写入文件", "write the request's body to a file byte for byte"),
        ),
        Garble::QuestionMarks => (
            Severity::Note,
            label(
                "里无法写出的字符变成了问号：日志或数据表不是 UTF-8",
                "has question marks where characters could not be written: the log or table is not in UTF-8",
            ),
            label(
                "把请求体逐字节写入文件，或把日志、数据表改为 UTF-8 (utf8mb4)",
                "write the request's body to a file byte for byte, or make the log or table UTF-8 (utf8mb4)",
            ),
        ),
    };
    site.report_as(&GARBLED_TEXT, severity, sink, |lang| {
        let (name, what) = (site.name(), what.text(lang));
        Words::new(format!("{name} {what}"))
            .expected(say!(lang, "发送时的文本", "the text as it was sent"))
            .help(help.text(lang))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_that_were_read_in_another_encoding_are_told() {
        for (text, garbled) in [
            // 上海市静安区, é and 😀 as Latin-1 and as Windows-1252.
            ("ä¸\u{8a}æµ·å¸\u{82}é\u{9d}\u{99}å®\u{89}å\u{8c}º", Some(Garble::Latin1)),
            ("ä¸Šæµ·å¸‚", Some(Garble::Latin1)),
            ("Ã©cole", Some(Garble::Latin1)),
            ("ðŸ˜€", Some(Garble::Latin1)),
            ("涓婃捣甯傞潤瀹夊尯娴嬭瘯璺�1鍙�", Some(Garble::Gbk)),
            ("浣犲ソ涓栫晫", Some(Garble::Gbk)),
            ("寮犱笁寮犱笁", Some(Garble::Gbk)),
            ("\u{fffd}\u{fffd}\u{3a3}", Some(Garble::Replaced)),
            ("?????????1?", Some(Garble::QuestionMarks)),
            ("", None),
            ("上海市静安区测试路1号", None),
            ("浣溪沙", None),
            ("璐璐", None),
            ("瑶璐", None),
            ("淇淇的生日", None),
            ("école", None),
            ("été", None),
            ("Ärger", None),
            ("ãe", None),
            ("õ½x", None),
            ("é“”", None),
            ("é“” {é…", None),
            ("É…", None),
            ("É\u{a0}: b", None),
            // 旅行, of which the first has no other signs.
            ("æ—…è¡Œ", Some(Garble::Latin1)),
            ("???", None),
            ("what????", None),
            ("ä", None),
            ("涓", None),
        ] {
            assert_eq!(garble(text.as_bytes()), garbled, "{text}");
        }
    }

    #[test]
    fn the_table_has_what_gbk_has() {
        assert_eq!(SHIFTED.chars().count(), 6 * 64);
        assert!(SHIFTED.chars().all(|char| is_shifted(char.into())));
        let all = (0..=char::MAX as u32).filter(|char| is_shifted(*char));
        assert_eq!(all.count(), 6 * 64);
    }

    proptest! {
        #[test]
        fn chinese_read_as_latin_1_is_told(text in "[\u{4e00}-\u{9fff}]{1,20}") {
            let read: String = text.bytes().map(char::from).collect();
            prop_assume!(read.chars().any(|char| is_continuation(char) && !BEHIND_A_LETTER.contains(char)));
            prop_assert_eq!(garble(read.as_bytes()), Some(Garble::Latin1));
        }

        #[test]
        fn noise_is_looked_at_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = garble(&bytes);
        }
    }
}
