//! The way through a document: along the catalogue as far as that goes, and through what it does not know.

use crate::catalog::{
    BODY, EDITOR_KEY, ENCRYPT, ENVELOPE_V1, EVENT_CREATE_TIME, Field, HEAD, HEADER, Kind, TYPE_V1, field,
    header_extra, is_secret_key,
};
use crate::container::{CALLBACK, Form, body};
use crate::engine::{CHALLENGE, Seen, TOP, fits};
use crate::json::{Cursor, SyntaxError, Token, TokenKind, tree, unescape};
use crate::record::slot;
use crate::rules::shape;

use super::Redactor;
use super::secret::Hidden;

type Result = std::result::Result<(), SyntaxError>;

/// What stands at the top of requests that verify an endpoint, and of encrypted bodies, where a program has one type for
/// all bodies.
const REQUEST: &[Field] = &[
    field("challenge", Kind::Text, "验证码", "challenge"),
    field(ENCRYPT, Kind::Text, "密文", "encrypted body"),
    field(EDITOR_KEY, Kind::Text, "JSON Schema", "JSON Schema"),
];

/// What stands at the top of an old card callback.
const CARD_OLD: &[Field] = &[
    field("open_id", Kind::Text, "用户", "user"),
    field("user_id", Kind::Text, "用户", "user"),
    field("open_message_id", Kind::Text, "消息", "message"),
    field("open_chat_id", Kind::Text, "群组", "chat"),
    field("tenant_key", Kind::Text, "租户", "tenant"),
    field("action", Kind::Object(ACTION), "操作", "action"),
];

const ACTION: &[Field] = &[
    field("tag", Kind::Text, "组件", "component"),
    field("value", Kind::Any, "回传数据", "value"),
    field("option", Kind::Text, "选项", "option"),
    field("timezone", Kind::Text, "时区", "zone"),
];

/// Appends a document. `false` where it is broken after all: then nothing is appended.
pub(super) fn document(redactor: &Redactor, seen: &Seen<'_>, out: &mut Vec<u8>) -> bool {
    let start = out.len();
    let hidden = (!redactor.keep.is_empty()).then(|| Hidden::in_document(redactor, seen));
    let known = seen.event().map(|event| event.fields);
    let form = seen.form;
    let text = seen.record.text;
    let mut walk =
        Walk { to: redactor, text, form, known, out, path: Vec::new(), hidden: hidden.as_ref(), level: 0 };
    let mut cursor = Cursor::new(text, seen.start);
    let whole = walk.object(&mut cursor, Around::Top, State::default()).is_ok();
    if !whole {
        out.truncate(start);
    }
    whole
}

/// Where an object stands, and so what may be in it.
#[derive(Clone, Copy)]
enum Around {
    Top,
    Header,
    /// The body of an event, of a known type or not.
    Body,
    /// An object of these fields.
    Within(&'static [Field]),
}

/// What was said of the fields around.
#[derive(Clone, Copy, Default)]
pub(super) struct State {
    pub personal: bool,
    /// All that is documented within stays.
    pub keep: bool,
}

/// What a text of the envelope is besides a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    /// The name of an event type.
    TypeName,
    /// What a v1 event and the verification of an endpoint are known by.
    Callback,
    /// Seconds with a fraction.
    Fraction,
}

/// A document on its way.
pub(super) struct Walk<'w, 't> {
    pub to: &'w Redactor,
    pub text: &'t [u8],
    form: Form,
    /// The fields of the event, if its type is known.
    known: Option<&'static [Field]>,
    pub out: &'w mut Vec<u8>,
    /// The documented keys to where it is.
    path: Vec<&'static str>,
    /// What must not stay, though its field is to be kept; only where any is.
    pub hidden: Option<&'w Hidden>,
    /// How many texts that hold JSON are around.
    pub level: usize,
}

impl<'t> Walk<'_, 't> {
    // Each frame is an open bracket, and those are limited to MAX_DEPTH.
    fn object(&mut self, cursor: &mut Cursor<'t>, around: Around, state: State) -> Result {
        self.out.push(b'{');
        let mut first = true;
        tree::visit_members(cursor, |cursor, key| {
            self.comma(&mut first);
            let name = unescape(tree::body(self.text, key));
            if let Some(field) = self.field_of(around, &name) {
                self.raw(key);
                self.out.push(b':');
                self.path.push(field.key);
                let done = self.member(cursor, around, field, state);
                self.path.pop();
                return done;
            }
            // The slip of a key says what was meant; nobody's name is one.
            match self.is_near(around, &name) {
                true => self.raw(key),
                false => self.new_key(&name),
            }
            self.out.push(b':');
            let token = cursor.token()?;
            self.stranger(cursor, token, false)
        })?;
        self.out.push(b'}');
        Ok(())
    }

    /// The field of a key.
    fn field_of(&self, around: Around, name: &str) -> Option<&'static Field> {
        let among = |fields: &'static [Field]| fields.iter().find(|field| field.key == name);
        match around {
            Around::Top => {
                let card = if self.form == Form::CardOld { among(CARD_OLD) } else { None };
                card.or_else(|| [&TOP, ENVELOPE_V1, REQUEST].into_iter().find_map(among))
            }
            Around::Header => among(HEADER).or_else(|| header_extra(name)),
            Around::Body => match self.known {
                Some(fields) => among(fields),
                None if self.form == Form::EventV1 && name == TYPE_V1.key => Some(&TYPE),
                None => among(REQUEST).filter(|_| self.form == Form::ChallengeV2),
            },
            Around::Within(fields) => among(fields),
        }
    }

    /// Whether a key that is not documented here stays all the same: as the slip of one that is or, in the body of an
    /// event of no known type, as one that other types have.
    fn is_near(&self, around: Around, name: &str) -> bool {
        let fields = match around {
            Around::Top if self.form == Form::EventV1 => ENVELOPE_V1,
            Around::Top => &TOP,
            Around::Header => HEADER,
            Around::Body => match self.known {
                Some(fields) => fields,
                None => return body::may_have(name),
            },
            Around::Within(fields) => fields,
        };
        shape::near(name, fields).is_some()
    }

    /// The value of a documented member.
    fn member(
        &mut self,
        cursor: &mut Cursor<'t>,
        around: Around,
        field: &'static Field,
        state: State,
    ) -> Result {
        let keep = state.keep || self.hidden.is_some() && self.to.keep.has(&self.path);
        let state = State { personal: state.personal || field.personal, keep: keep && !field.secret };
        let token = cursor.token()?;
        let inner = match (around, field.key) {
            (Around::Top, BODY) => Some(Around::Body),
            (Around::Top, HEAD) => Some(Around::Header),
            _ => None,
        };
        if let (Some(inner), TokenKind::Object) = (inner, token.kind) {
            return self.object(cursor, inner, state);
        }
        let role = match (around, field.key) {
            (Around::Top, key) if slot::v1_key(slot::CREATE_TIME) == Some(key) => Role::Fraction,
            (Around::Top, key) if key == TYPE_V1.key => Role::Callback,
            (Around::Header, EVENT_CREATE_TIME) => Role::Fraction,
            (Around::Header, key) if key == slot::key(slot::EVENT_TYPE) => Role::TypeName,
            (Around::Body, key) if self.form == Form::EventV1 && key == TYPE_V1.key => Role::TypeName,
            _ => Role::Plain,
        };
        self.value(cursor, token, field, &field.kind, state, role)
    }

    /// A value of a documented field, which should be of this kind; of an object or array the bracket has been looked at.
    fn value(
        &mut self,
        cursor: &mut Cursor<'t>,
        token: Token,
        field: &'static Field,
        kind: &'static Kind,
        state: State,
        role: Role,
    ) -> Result {
        // As the walk of the engine has it: what is documented in two ways is read as what it is.
        let also = || field.also.filter(|also| std::ptr::eq(kind, &field.kind) && fits(also, token.kind));
        let Some(kind) = Some(kind).filter(|kind| fits(kind, token.kind)).or_else(also) else {
            return self.stranger(cursor, token, state.keep);
        };
        match (kind, token.kind) {
            (Kind::Object(fields), TokenKind::Object) => self.object(cursor, Around::Within(fields), state),
            (Kind::List(item), TokenKind::Array) => self.items(cursor, |walk, cursor| {
                let token = cursor.token()?;
                walk.value(cursor, token, field, item, state, Role::Plain)
            }),
            (Kind::Map | Kind::Any, _) => self.stranger(cursor, token, state.keep),
            _ => {
                self.scalar(token, field, kind, state, role);
                Ok(())
            }
        }
    }

    fn items(
        &mut self,
        cursor: &mut Cursor<'t>,
        mut each: impl FnMut(&mut Self, &mut Cursor<'t>) -> Result,
    ) -> Result {
        self.out.push(b'[');
        let mut first = true;
        tree::visit_items(cursor, |cursor, _| {
            self.comma(&mut first);
            each(self, cursor)
        })?;
        self.out.push(b']');
        Ok(())
    }

    /// A value of which nothing is documented. With `keep` it stays, but for what is secret.
    pub fn stranger(&mut self, cursor: &mut Cursor<'t>, token: Token, keep: bool) -> Result {
        match token.kind {
            TokenKind::Object => {
                self.out.push(b'{');
                let mut first = true;
                tree::visit_members(cursor, |cursor, key| {
                    self.comma(&mut first);
                    let name = unescape(tree::body(self.text, key));
                    match keep && self.may_stay(key) {
                        true => self.raw(key),
                        false => self.new_key(&name),
                    }
                    self.out.push(b':');
                    let token = cursor.token()?;
                    self.stranger(cursor, token, keep && !is_secret_key(name.as_bytes()))
                })?;
                self.out.push(b'}');
            }
            TokenKind::Array => {
                self.items(cursor, |walk, cursor| {
                    let token = cursor.token()?;
                    walk.stranger(cursor, token, keep)
                })?;
            }
            TokenKind::Bool(_) | TokenKind::Null => self.raw(token),
            TokenKind::String { .. } | TokenKind::Number { .. } if keep && self.may_stay(token) => {
                self.raw(token);
            }
            TokenKind::String { .. } => self.string(token, 0),
            TokenKind::Number { .. } => self.number(token, 0),
        }
        Ok(())
    }

    /// A value as it stands.
    pub fn raw(&mut self, token: Token) {
        self.out.extend_from_slice(&self.text[token.start..token.end]);
    }

    fn new_key(&mut self, name: &str) {
        self.out.push(b'"');
        self.out.extend_from_slice(self.to.keyed.key(name).as_bytes());
        self.out.push(b'"');
    }

    fn comma(&mut self, first: &mut bool) {
        if !std::mem::take(first) {
            self.out.push(b',');
        }
    }

    /// The way through JSON that stands in a text.
    pub fn inner(&self, text: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(text.len());
        let mut walk = Walk {
            to: self.to,
            text,
            form: Form::Other,
            known: None,
            out: &mut out,
            path: Vec::new(),
            hidden: None,
            level: self.level + 1,
        };
        let mut cursor = Cursor::new(text, 0);
        let token = cursor.token().ok()?;
        walk.stranger(&mut cursor, token, false).ok()?;
        Some(out)
    }
}

/// The type of a v1 event that is not known.
static TYPE: Field = TYPE_V1;

/// Whether a text is the `type` of a v1 event, or of the verification of an endpoint.
pub(super) fn is_callback(text: &str) -> bool {
    text == CALLBACK || text == CHALLENGE
}
