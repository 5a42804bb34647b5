//! Dotted paths, as people write them: `sender.sender_id.open_id`, `status_changes[].index`, `items[0].name`.

use super::{Cursor, Token, TokenKind, tree, unescape};

/// A way down into JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DottedPath(Vec<Step>);

/// One step of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the member of this key.
    Key(String),
    /// To every item.
    Items,
    /// To the item of this number.
    Item(usize),
}

impl DottedPath {
    /// Reads a path. `None` where it is none: a key is empty, a bracket is open or holds no number.
    pub fn parse(text: &str) -> Option<DottedPath> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (key, brackets) = part.split_at(part.find('[').unwrap_or(part.len()));
            if key.is_empty() || key.contains(']') {
                return None;
            }
            steps.push(Step::Key(key.to_owned()));
            let mut rest = brackets;
            while !rest.is_empty() {
                let (number, after) = rest.strip_prefix('[')?.split_once(']')?;
                steps.push(if number.is_empty() { Step::Items } else { Step::Item(number.parse().ok()?) });
                rest = after;
            }
        }
        Some(DottedPath(steps))
    }

    /// The keys on the way.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| match step {
            Step::Key(key) => Some(&**key),
            Step::Items | Step::Item(_) => None,
        })
    }

    /// The values that it leads to from the one that begins at `at`, whose grammar has been checked. A key leads on from
    /// each item of a list; of a key that stands twice the last counts, as everywhere.
    pub fn find(&self, text: &[u8], at: usize) -> Values {
        let mut values: Vec<Token> = Cursor::new(text, at).value(0).into_iter().collect();
        let mut many = false;
        for step in &self.0 {
            let mut next = Vec::new();
            for from in values {
                match step {
                    Step::Key(key) if from.kind == TokenKind::Array => {
                        many = true;
                        let items = tree::items(text, from.start);
                        next.extend(items.filter_map(|item| member(text, item, key)));
                    }
                    Step::Key(key) => next.extend(member(text, from, key)),
                    Step::Items => {
                        many = true;
                        next.extend(tree::items(text, from.start));
                    }
                    Step::Item(number) => next.extend(tree::items(text, from.start).nth(*number)),
                }
            }
            values = next;
        }
        Values { values, many }
    }
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    /// The values, in their order.
    pub values: Vec<Token>,
    /// Whether a list was passed, so that there are as many as it has items.
    pub many: bool,
}

/// The member of this key, if the value is an object that has one.
fn member(text: &[u8], object: Token, key: &str) -> Option<Token> {
    let named = tree::spans(text, object.start).filter(|(name, _)| unescape(tree::body(text, *name)) == key);
    named.last().map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_values() {
        let text = br#"{"a": {"b": 1, "b": 2}, "l": [{"i": 3}, {"i": "x"}, {}, 7], "d\u002ee": 5}"#;
        for (path, found) in [
            ("a.b", &["2"][..]),
            ("a", &[r#"{"b": 1, "b": 2}"#]),
            ("l[].i", &["3", "\"x\""]),
            ("l[1].i", &["\"x\""]),
            ("l[3]", &["7"]),
            ("l[4]", &[]),
            ("l.i", &["3", "\"x\""]),
            ("a.b.c", &[]),
            ("a[]", &[]),
            ("nothing", &[]),
        ] {
            let path = DottedPath::parse(path).expect("a path");
            let values = path.find(text, 0).values.into_iter();
            let values: Vec<&str> =
                values.map(|value| str::from_utf8(&text[value.start..value.end]).expect("UTF-8")).collect();
            assert_eq!(values, found, "{path:?}");
        }
    }

    #[test]
    fn what_is_no_path_is_none() {
        for text in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "[]",
            "a[",
            "a]",
            "a[x]",
            "a[-1]",
            "a[]b",
            "a[99999999999999999999]",
        ] {
            assert_eq!(DottedPath::parse(text), None, "{text}");
        }
    }
}
