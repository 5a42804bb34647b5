//! How a document was reached: what it had to be taken out of before it could be read.

use crate::lang::{Label, Lang, label};

/// One wrapping that was taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It was encrypted.
    Decrypted,
    /// The body of an HTTP request in text.
    Http,
    /// The body of a request that somebody wrote as JSON.
    Wrapped,
    /// A body in an HTTP archive.
    Archive,
    /// Within a line of a log.
    Log,
    /// JSON within a JSON string.
    Quoted,
    /// A notation that is not JSON, made JSON: a Python dict, an object dump of Node, JSON with comments.
    Rewritten,
    /// In base64, on a line of its own or in a JSON string.
    Base64,
    /// In the encoding of URLs and forms.
    UrlEncoded,
    /// With the references of HTML and XML in place of characters.
    Entities,
    /// In quoted-printable, as mail is.
    Printable,
    /// In hexadecimal, as `xxd` and `curl --trace` print bytes.
    Dumped,
    /// Over several lines, with something before each, or over several records.
    Joined,
    /// Header and event, which an SDK had merged, taken apart.
    Unmerged,
}

impl Step {
    /// What people read after the place: `file:3 (decrypted)`.
    pub const fn words(self) -> Label {
        match self {
            Step::Decrypted => label("已解密", "decrypted"),
            Step::Http => label("HTTP 请求体", "HTTP body"),
            Step::Wrapped => label("包装过的请求的请求体", "body of a wrapped request"),
            Step::Archive => label("HTTP 存档里的请求体", "body in an HTTP archive"),
            Step::Log => label("日志行里", "in a log line"),
            Step::Quoted => label("JSON 字符串里", "in a JSON string"),
            Step::Rewritten => label("转成 JSON", "made JSON"),
            Step::Base64 => label("base64 编码", "in base64"),
            Step::UrlEncoded => label("URL 编码", "URL-encoded"),
            Step::Entities => label("HTML 转义", "escaped for HTML"),
            Step::Printable => label("quoted-printable 编码", "in quoted-printable"),
            Step::Dumped => label("字节转储里", "in a dump of bytes"),
            Step::Joined => label("由多行拼成", "joined from several lines"),
            Step::Unmerged => label("拆开了 header 和 event", "header and event taken apart"),
        }
    }
}

/// The wrappings that were taken off, from the outside in. As many as [`Origin::MOST`]: nobody wraps deeper, and
/// what does is not opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Origin([Option<Step>; Origin::MOST]);

impl Origin {
    /// How many wrappings are taken off.
    pub const MOST: usize = 4;
    /// The document stands in the input as it is.
    pub const PLAIN: Origin = Origin([None; Origin::MOST]);

    /// One wrapping was taken off.
    pub const fn of(step: Step) -> Origin {
        let mut origin = Origin::PLAIN;
        origin.0[0] = Some(step);
        origin
    }

    /// One wrapping more; `None` when it is too many.
    pub fn then(mut self, step: Step) -> Option<Origin> {
        *self.0.iter_mut().find(|step| step.is_none())? = Some(step);
        Some(self)
    }

    /// Whether nothing was taken off.
    pub fn is_plain(&self) -> bool {
        self.0[0].is_none()
    }

    /// The wrappings.
    pub fn steps(&self) -> impl Iterator<Item = Step> {
        self.0.into_iter().flatten()
    }
}

impl Origin {
    /// In words: `HTTP body, decrypted`.
    pub fn words(&self, lang: Lang) -> String {
        let steps: Vec<&str> = self.steps().map(|step| step.words().text(lang)).collect();
        steps.join(label("，", ", ").text(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrappings_are_told_from_the_outside_in_and_are_few() {
        let origin = Origin::PLAIN.then(Step::Http).unwrap().then(Step::Decrypted).unwrap();
        assert_eq!(origin.words(Lang::En), "HTTP body, decrypted");
        assert_eq!(origin.words(Lang::Zh), "HTTP 请求体，已解密");
        assert!(Origin::PLAIN.is_plain() && !origin.is_plain());
        let full = origin.then(Step::Quoted).unwrap().then(Step::Quoted).unwrap();
        assert_eq!(full.then(Step::Quoted), None);
        assert_eq!(full.steps().count(), Origin::MOST);
    }
}
