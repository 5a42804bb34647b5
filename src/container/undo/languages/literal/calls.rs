//! Names before values: of classes, constructors and functions. `String("2.0")`, `ObjectId("..")`, `OrderedDict([..])`.

use crate::container::undo::languages::Loss;
use crate::container::undo::languages::numbers;
use crate::json::MAX_DEPTH;

use super::reader::{Keep, Reader, Stop};

/// Calls that say no more than what they are given.
const TRANSPARENT: &[&[u8]] =
    &[b"String", b"Bool", b"Some", b"Object", b"Array", b"str", b"dict", b"list", b"tuple", b"AnyHashable"];

/// Calls around a number.
const NUMBERS: &[&[u8]] = &[
    b"Number",
    b"PosInt",
    b"NegInt",
    b"Float",
    b"NumberLong",
    b"NumberInt",
    b"NumberDecimal",
    b"Long",
    b"Int32",
    b"Double",
    b"Decimal128",
    b"Decimal",
    b"json.Number",
    b"int",
    b"int64",
    b"uint64",
    b"float64",
];

/// Calls of the mongo shell, and the keys by which its extended JSON says the same.
const MONGO: &[(&[u8], &str)] = &[
    (b"ObjectId", "$oid"),
    (b"ISODate", "$date"),
    (b"Date", "$date"),
    (b"UUID", "$uuid"),
    (b"BinData", "$binary"),
    (b"Binary", "$binary"),
    (b"Timestamp", "$timestamp"),
    (b"MinKey", "$minKey"),
    (b"MaxKey", "$maxKey"),
];

impl Reader<'_> {
    /// What stands behind the name of a class or function. How many there are in it (`Array(3) [`) is read as a call.
    pub(super) fn behind_name(&mut self, word: &[u8], start: usize, depth: usize) -> Result<Keep, Stop> {
        if self.eat(b"(") {
            return self.call(word, start, depth);
        }
        while self.eat(b" ") {}
        match self.peek() {
            Some(b'(') if word == b"array" => {
                self.at += 1;
                self.call(word, start, depth)
            }
            Some(b'{' | b'[') => {
                self.marks.rust |= matches!(word, b"Object" | b"Array");
                self.marks.named = true;
                self.container(depth, false)?;
                Ok(Keep::Yes)
            }
            _ => {
                self.at = start;
                self.broken()
            }
        }
    }

    /// A call, behind its opening parenthesis.
    fn call(&mut self, name: &[u8], start: usize, depth: usize) -> Result<Keep, Stop> {
        if depth >= MAX_DEPTH {
            return self.broken();
        }
        if name == b"array" {
            self.at -= 1;
            (self.marks.php, self.marks.arrow) = (true, true);
            self.container(depth, false)?;
            return Ok(Keep::Yes);
        }
        let counted = self.rest().iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
        if self.rest()[counted..].starts_with(b") [") || self.rest()[counted..].starts_with(b") {") {
            self.at += counted + 2;
            self.marks.node = true;
            return self.value(depth + 1);
        }
        if name == b"OrderedDict" || name.ends_with(b"MultiDict") {
            self.marks.python = true;
            self.space()?;
            if self.peek() == Some(b'[') { self.pairs(depth)? } else { self.argument(depth)? }
        } else if name.ends_with(b"__set_state") || TRANSPARENT.contains(&name) {
            self.marks.php |= name.ends_with(b"__set_state");
            self.marks.rust |= matches!(name, b"String" | b"Bool");
            self.marks.named = true;
            self.space()?;
            self.argument(depth)?;
        } else if NUMBERS.contains(&name) {
            self.marks.rust |= name == b"Number";
            self.marks.mongo |=
                name.starts_with(b"Number") && name.len() > 6 || matches!(name, b"Long" | b"Int32");
            self.marks.named = true;
            let written = self.out.len();
            self.space()?;
            self.argument(depth)?;
            self.unquote(written, start)?;
        } else if let Some((_, key)) = MONGO.iter().find(|(known, _)| *known == name) {
            self.marks.mongo = true;
            self.out.extend_from_slice(format!("{{\"{key}\":").as_bytes());
            self.arguments(depth)?;
            self.out.push(b'}');
            return Ok(Keep::Yes);
        } else {
            self.marks.python |= name.starts_with(b"datetime.") || name.starts_with(b"Decimal");
            return Err(Stop::Lost(Loss::Objects));
        }
        self.space()?;
        if self.eat(b",") {
            self.space()?;
        }
        if self.eat(b")") { Ok(Keep::Yes) } else { self.broken() }
    }

    fn argument(&mut self, depth: usize) -> Result<(), Stop> {
        match self.value(depth + 1)? {
            Keep::Yes => Ok(()),
            Keep::No => self.broken(),
        }
    }

    /// The arguments of a call and its closing parenthesis: one is a value, several are a list.
    fn arguments(&mut self, depth: usize) -> Result<(), Stop> {
        let open = self.out.len();
        self.out.push(b' ');
        let mut several = false;
        self.space()?;
        self.argument(depth)?;
        self.space()?;
        while self.eat(b",") {
            several = true;
            self.out.push(b',');
            self.space()?;
            self.argument(depth)?;
            self.space()?;
        }
        if !self.eat(b")") {
            return self.broken();
        }
        if several {
            self.out[open] = b'[';
            self.out.push(b']');
        }
        Ok(())
    }

    /// Takes the quotes off the number that was written as a text from `written` on.
    fn unquote(&mut self, written: usize, start: usize) -> Result<(), Stop> {
        let text = self.out[written..].trim_ascii();
        let digits = text.strip_prefix(b"\"").and_then(|text| text.strip_suffix(b"\"")).unwrap_or(text);
        if !numbers::is_number(digits) {
            return Err(Stop::Broken(start));
        }
        let (digits, lines) = (digits.to_vec(), memchr::memchr_iter(b'\n', &self.out[written..]).count());
        self.out.truncate(written);
        self.out.resize(written + lines, b'\n');
        self.out.extend_from_slice(&digits);
        Ok(())
    }

    /// `[('key', value), ..]`, as Python writes what keeps the order of its keys.
    fn pairs(&mut self, depth: usize) -> Result<(), Stop> {
        self.at += 1;
        self.out.push(b'{');
        let mut comma = true;
        let mut first = true;
        loop {
            self.space()?;
            if self.eat(b"]") {
                self.out.push(b'}');
                return Ok(());
            }
            if !comma || !self.eat(b"(") && !self.eat(b"[") {
                return self.broken();
            }
            if !std::mem::replace(&mut first, false) {
                self.out.push(b',');
            }
            self.space()?;
            if !self.at_string() {
                return self.broken();
            }
            self.strings(b"")?;
            self.space()?;
            if !self.eat(b",") {
                return self.broken();
            }
            self.out.push(b':');
            self.space()?;
            self.argument(depth)?;
            self.space()?;
            if !self.eat(b")") && !self.eat(b"]") {
                return self.broken();
            }
            self.space()?;
            comma = self.eat(b",");
        }
    }
}
