//! Documents made from the grammar, and the ways to damage them.

use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A document as its tokens, and the white space before, between and after them.
#[derive(Clone, Debug)]
pub struct Document {
    tokens: Vec<Vec<u8>>,
    gaps: Vec<&'static str>,
    /// The first and last token of each value, in the order in which values begin.
    values: Vec<(usize, usize)>,
    /// How many brackets are open at the deepest place.
    pub depth: usize,
}

impl Document {
    pub fn text(&self) -> Vec<u8> {
        let mut text = self.gap(0).to_vec();
        for (i, token) in self.tokens.iter().enumerate() {
            text.extend_from_slice(token);
            text.extend_from_slice(self.gap(i + 1));
        }
        text
    }

    /// Where in the text each value is, in the order in which values begin.
    pub fn spans(&self) -> Vec<Range<usize>> {
        let mut at = self.gap(0).len();
        let place = |(i, token): (usize, &Vec<u8>)| {
            let span = at..at + token.len();
            at = span.end + self.gap(i + 1).len();
            span
        };
        let tokens: Vec<_> = self.tokens.iter().enumerate().map(place).collect();
        self.values.iter().map(|&(first, last)| tokens[first].start..tokens[last].end).collect()
    }

    fn gap(&self, i: usize) -> &'static [u8] {
        self.gaps[i % self.gaps.len()].as_bytes()
    }

    fn push(&mut self, node: Node, open: usize) {
        let first = self.tokens.len();
        let value = self.values.len();
        self.values.push((first, first));
        match node {
            Node::Scalar(token) => self.tokens.push(token),
            Node::Array(items) => {
                self.depth = self.depth.max(open + 1);
                self.punctuation("[");
                for (i, item) in items.into_iter().enumerate() {
                    if i > 0 {
                        self.punctuation(",");
                    }
                    self.push(item, open + 1);
                }
                self.punctuation("]");
            }
            Node::Object(members) => {
                self.depth = self.depth.max(open + 1);
                self.punctuation("{");
                for (i, (key, member)) in members.into_iter().enumerate() {
                    if i > 0 {
                        self.punctuation(",");
                    }
                    self.tokens.push(key);
                    self.punctuation(":");
                    self.push(member, open + 1);
                }
                self.punctuation("}");
            }
        }
        self.values[value].1 = self.tokens.len() - 1;
    }

    fn punctuation(&mut self, token: &str) {
        self.tokens.push(token.into());
    }
}

#[derive(Clone, Debug)]
enum Node {
    Scalar(Vec<u8>),
    Array(Vec<Node>),
    Object(Vec<(Vec<u8>, Node)>),
}

/// Which corners of the grammar a document visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corners {
    /// Only what `serde_json::Value` can hold: UTF-8, no lone surrogates, numbers in the range of a float.
    Tame,
    /// UTF-8, with lone surrogates.
    Surrogates,
    /// Whatever the cursor lets through.
    All,
}

pub fn document(corners: Corners) -> impl Strategy<Value = Document> {
    let gaps = vec(select(vec!["", "", "", " ", "\n", "\t", "\r\n", "                  \n"]), 1..8);
    (node(corners), gaps).prop_map(|(node, gaps)| {
        let mut document = Document { tokens: Vec::new(), gaps, values: Vec::new(), depth: 0 };
        document.push(node, 0);
        document
    })
}

fn node(corners: Corners) -> impl Strategy<Value = Node> {
    let scalar = prop_oneof![
        1 => select(vec!["null", "true", "false"]).prop_map(|word| word.into()),
        2 => number(corners).prop_map(String::into_bytes),
        3 => string(corners),
    ];
    scalar.prop_map(Node::Scalar).prop_recursive(6, 48, 2, move |node| {
        prop_oneof![
            vec(node.clone(), 0..5).prop_map(Node::Array),
            vec((string(corners), node), 0..5).prop_map(Node::Object),
        ]
    })
}

fn number(corners: Corners) -> BoxedStrategy<String> {
    match corners {
        Corners::Tame => r"-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?".boxed(),
        _ => r"-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,20})?".boxed(),
    }
}

/// A string with its quotes.
fn string(corners: Corners) -> impl Strategy<Value = Vec<u8>> {
    body(corners).prop_map(|body| [b"\"", &body[..], b"\""].concat())
}

/// What may stand between the quotes of a string.
pub fn body(corners: Corners) -> impl Strategy<Value = Vec<u8>> {
    // Short keys of few letters, so that some are duplicates, and two spellings of one key.
    let short = select(vec!["", "a", "b", r"\u0061", "a/b", r"a\/b", "~", "~1", "0", "浙江"]);
    prop_oneof![
        short.prop_map(|text| text.into()),
        vec(piece(corners), 0..6).prop_map(|pieces| pieces.concat())
    ]
}

fn piece(corners: Corners) -> BoxedStrategy<Vec<u8>> {
    let tame = prop_oneof![
        3 => r"[ !#-\[\]-~\x7f]{1,20}",
        2 => r"[^\x00-\x7f]{1,4}",
        2 => r#"\\["\\/bfnrt]"#,
        1 => r"\\u([0-9abcefABCEF][0-9a-fA-F]{3}|[dD][0-7][0-9a-fA-F]{2})",
        1 => r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}",
    ]
    .prop_map(String::into_bytes);
    let surrogate = r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}".prop_map(String::into_bytes);
    match corners {
        Corners::Tame => tame.boxed(),
        Corners::Surrogates => prop_oneof![2 => tame, 1 => surrogate].boxed(),
        Corners::All => prop_oneof![6 => tame, 1 => surrogate, 1 => vec(0x80u8.., 1..4)].boxed(),
    }
}

/// A document from which a token was taken, or in which one stands twice or in another's place.
pub fn broken_document() -> impl Strategy<Value = Vec<u8>> {
    let spare = select(vec!["{", "}", "[", "]", ",", ":", "\"\"", "0", "null", ""]);
    (document(Corners::All), any::<Index>(), 0..4, spare).prop_map(|(mut document, index, what, spare)| {
        let i = index.index(document.tokens.len());
        match what {
            0 => drop(document.tokens.remove(i)),
            1 => document.tokens.insert(i, document.tokens[i].clone()),
            2 => document.tokens.insert(i, spare.into()),
            _ => document.tokens[i] = spare.into(),
        }
        document.text()
    })
}

/// A document in which a few bytes were changed without regard to its grammar.
pub fn mutated_document() -> impl Strategy<Value = Vec<u8>> {
    let document = document(Corners::All).prop_map(|document| document.text());
    (document, vec(damage(), 1..4)).prop_map(|(mut text, damages)| {
        for damage in damages {
            damage.inflict(&mut text);
        }
        text
    })
}

#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Insert(Index, u8),
    Delete(Index),
    Truncate(Index),
    /// A piece of the text is written over another.
    Splice(Index, Index, usize),
}

impl Damage {
    fn inflict(self, text: &mut Vec<u8>) {
        let length = text.len();
        if length == 0 {
            return;
        }
        match self {
            Damage::Flip(at, bit) => text[at.index(length)] ^= 1 << bit,
            Damage::Insert(at, byte) => text.insert(at.index(length + 1), byte),
            Damage::Delete(at) => drop(text.remove(at.index(length))),
            Damage::Truncate(at) => text.truncate(at.index(length)),
            Damage::Splice(from, to, count) => {
                let from = from.index(length);
                let piece = text[from..length.min(from + count)].to_vec();
                let to = to.index(length);
                text.splice(to..length.min(to + count), piece);
            }
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<Index>;
    prop_oneof![
        (index(), 0..8u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        (index(), likely_byte()).prop_map(|(at, byte)| Damage::Insert(at, byte)),
        index().prop_map(Damage::Delete),
        index().prop_map(Damage::Truncate),
        (index(), index(), 1..12usize).prop_map(|(from, to, count)| Damage::Splice(from, to, count)),
    ]
}

/// Bytes, most of them such as JSON is made of.
pub fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(likely_byte(), 0..60)
}

fn likely_byte() -> impl Strategy<Value = u8> {
    prop_oneof![6 => select(b"{}[],:\"\\u \n0019-+.eEtruefalsenull".to_vec()), 1 => any::<u8>()]
}

/// Up to `most` brackets of both kinds within each other, as text and as the kinds from the outside in
/// (true for an object).
pub fn nested(most: usize) -> impl Strategy<Value = (Vec<bool>, Vec<u8>)> {
    vec(any::<bool>(), 1..=most).prop_map(|kinds| {
        let mut text = Vec::new();
        for (i, &object) in kinds.iter().enumerate() {
            let last = i + 1 == kinds.len();
            text.extend_from_slice(match (object, last) {
                (true, false) => b"{\"\":",
                (true, true) => b"{",
                (false, _) => b"[",
            });
        }
        text.extend(kinds.iter().rev().map(|&object| if object { b'}' } else { b']' }));
        (kinds, text)
    })
}
