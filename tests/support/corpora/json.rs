//! A document before it is written: what is in it, in which order.

/// A value. Numbers and words are kept as they are written.
#[derive(Clone, Debug)]
pub enum Json {
    Text(String),
    Bare(String),
    List(Vec<Json>),
    Object(Vec<Member>),
    /// Of an optional member that is not there.
    Absent,
}

pub type Member = (&'static str, Json);

pub fn text(text: impl Into<String>) -> Json {
    Json::Text(text.into())
}

/// A number, `true` or `false`.
pub fn bare(value: impl ToString) -> Json {
    Json::Bare(value.to_string())
}

pub fn list(items: impl IntoIterator<Item = Json>) -> Json {
    Json::List(items.into_iter().collect())
}

/// An object of the members that are there.
pub fn object(members: impl IntoIterator<Item = Member>) -> Json {
    Json::Object(members.into_iter().filter(|(_, value)| !matches!(value, Json::Absent)).collect())
}

impl Json {
    /// The members of the object `key`, or of the document itself.
    pub fn members(&mut self, key: Option<&str>) -> &mut Vec<Member> {
        let Json::Object(members) = self else { panic!("{self:?} is no object") };
        match key {
            None => members,
            Some(key) => {
                members.iter_mut().find(|(name, _)| *name == key).expect("it has this").1.members(None)
            }
        }
    }

    /// Puts another value in the place of the member `name` of the object `key`.
    pub fn set(&mut self, key: &str, name: &str, value: Json) {
        let mut members = self.members(Some(key)).iter_mut();
        members.find(|(member, _)| *member == name).expect("it has this").1 = value;
    }
}

/// How a document is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// A space after a colon and a comma, as Python puts them.
    pub spaced: bool,
    /// So many spaces for each depth, on lines of their own.
    pub indent: usize,
    /// Everything beyond ASCII as `\uXXXX`.
    pub ascii: bool,
    /// `/` as `\/`, as PHP does.
    pub slashes: bool,
    /// `<`, `>` and `&` as `\uXXXX`, as Go does.
    pub angles: bool,
}

impl Style {
    pub fn write(self, value: &Json) -> String {
        let mut out = String::with_capacity(1024);
        self.value(value, 0, &mut out);
        out
    }

    fn value(self, value: &Json, depth: usize, out: &mut String) {
        match value {
            Json::Text(text) => self.text(text, out),
            Json::Bare(word) => out.push_str(word),
            Json::List(items) => self.within(('[', ']'), items, depth, out, |item, out| {
                self.value(item, depth + 1, out);
            }),
            Json::Object(members) => self.within(('{', '}'), members, depth, out, |(key, value), out| {
                self.text(key, out);
                out.push_str(if self.spaced || self.indent > 0 { ": " } else { ":" });
                self.value(value, depth + 1, out);
            }),
            Json::Absent => unreachable!("objects leave it out"),
        }
    }

    fn within<T>(
        self,
        (open, close): (char, char),
        items: &[T],
        depth: usize,
        out: &mut String,
        write: impl Fn(&T, &mut String),
    ) {
        out.push(open);
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                out.push_str(if self.spaced { ", " } else { "," });
            }
            self.line(depth + 1, out);
            write(item, out);
        }
        if !items.is_empty() {
            self.line(depth, out);
        }
        out.push(close);
    }

    fn line(self, depth: usize, out: &mut String) {
        if self.indent > 0 {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', self.indent * depth));
        }
    }

    fn text(self, text: &str, out: &mut String) {
        out.push('"');
        for character in text.chars() {
            match character {
                '"' | '\\' => out.extend(['\\', character]),
                '\n' => out.push_str("\\n"),
                '/' if self.slashes => out.push_str("\\/"),
                '<' | '>' | '&' if self.angles => escape(character, out),
                _ if self.ascii && !character.is_ascii() => escape(character, out),
                _ => out.push(character),
            }
        }
        out.push('"');
    }
}

fn escape(character: char, out: &mut String) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        out.push_str(&format!("\\u{unit:04x}"));
    }
}
