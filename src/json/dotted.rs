//! Dotted paths, as people write them: `sender.sender_id.open_id`, `status_changes[].index`, `items[0].name`.

use super::{Cursor, Token, tree, unescape};

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

    /// The way.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The keys on the way.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| match step {
            Step::Key(key) => Some(&**key),
            Step::Items | Step::Item(_) => None,
        })
    }

    /// Whether it leads to one value of each item of a list, and so to as many as there are items.
    pub fn is_many(&self) -> bool {
        self.0.contains(&Step::Items)
    }

    /// The values that it leads to from the one that begins at `at`, whose grammar has been checked. Of a key that
    /// stands twice the last counts, as everywhere.
    pub fn find(&self, text: &[u8], at: usize) -> Vec<Token> {
        let mut found: Vec<Token> = Cursor::new(text, at).value(0).into_iter().collect();
        for step in &self.0 {
            let next = |from: Token| -> Vec<Token> {
                match step {
                    Step::Key(key) => {
                        let named = tree::spans(text, from.start)
                            .filter(|(name, _)| unescape(tree::body(text, *name)) == **key);
                        named.last().map(|(_, value)| value).into_iter().collect()
                    }
                    Step::Items => tree::items(text, from.start).collect(),
                    Step::Item(number) => tree::items(text, from.start).nth(*number).into_iter().collect(),
                }
            };
            found = found.into_iter().flat_map(next).collect();
        }
        found
    }
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
            ("l.i", &[]),
            ("a.b.c", &[]),
            ("a[]", &[]),
            ("nothing", &[]),
        ] {
            let path = DottedPath::parse(path).expect("a path");
            let values = path.find(text, 0).into_iter();
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
