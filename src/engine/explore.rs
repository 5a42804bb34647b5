//! The graph of a type, and ways that are not known in it: parsed where they are first missed.

use crate::catalog::{BODY, ENVELOPE_V1, EVENTS, Field, Kind};
use crate::json::{Cursor, Fault, LengthGuess, TokenKind};
use crate::record::slot;
use crate::rules::accept::Accept;

use super::literal::Literal;
use super::plan::{ObjectPlan, Plans, top};
use super::transitions::Graph;
use super::way::{Goal, MOST_OBJECTS, NO_SLOT, NONE, Object, Place, TOP, Turn, Way, is_v1};

/// The top of a v1 event.
static TOP_V1: [Field; 5] = {
    let [uuid, ts, token, kind] = ENVELOPE_V1 else { panic!("a v1 event has four members beside its body") };
    [*uuid, *ts, *token, *kind, top::FIELDS[top::EVENT]]
};

/// What is accepted of its members. What is not is for the walk, which says it.
const ACCEPT_V1: [Accept; 4] =
    [Accept::Text(0), Accept::Fraction, Accept::Text(0), Accept::Exactly("event_callback")];

impl Graph {
    /// A graph without ways; `None` for types of a shape that it has no room for.
    pub fn new(kind: usize, plans: &Plans) -> Option<Graph> {
        let plan = plans.at(kind);
        let name = EVENTS.get(kind).map(|event| event.name);
        let mut objects = Vec::new();
        let place = match is_v1(kind) {
            true => add_v1(&mut objects, &plan.body),
            false => {
                add(&mut objects, &plans.envelope, (TOP, 0), &[], name.map(|_| &plan.body), false);
                top::EVENT
            }
        };
        // Where it is no object of the graph, its place among them is free.
        let event = (objects[TOP].inner[place].map_or(objects.len(), usize::from), place);
        // The first node is the beginning of a document.
        let mut around = vec![TOP];
        for (number, object) in objects.iter_mut().enumerate() {
            object.node = around.len() as u16;
            around.extend(std::iter::repeat_n(number, 1 + object.fields.len()));
            for (slot, accept) in &mut object.members {
                // Whatever else stands there, the document is of another type.
                if slot.is_some_and(|slot| usize::from(slot) == slot::EVENT_TYPE) {
                    *accept = name.map(Accept::Exactly);
                }
            }
        }
        let from = vec![Vec::new(); around.len()];
        // The first is the one that serves once.
        let once = Way::none();
        (objects.len() < MOST_OBJECTS).then(|| Graph {
            kind,
            objects,
            event,
            around,
            slots: plan.layout.columns.len(),
            ways: vec![once],
            from,
            first: NONE,
            course: Vec::new(),
            other_course: Vec::new(),
            repeated: 0,
            usual: None,
            usual_course: Vec::new(),
        })
    }

    /// The way that begins at a place, parsed. `None` where the text is no JSON, or nothing that there are ways for.
    pub fn explore(&self, text: &[u8], place: &Place) -> Option<Way> {
        let mut cursor = Cursor::new(text, place.at);
        let mut turns = Vec::new();
        let offset = |cursor: &Cursor<'_>| (cursor.at - place.at) as u32;
        let mut object = self.around[usize::from(place.node)];
        // Whether a key is next, and whether an item of a list has just ended.
        let (mut key, mut after_item) = (false, false);
        if place.node == 0 {
            cursor.expect(b'{', Fault::Value).ok()?;
            turns.push(Turn::Begin { object: TOP as u8, offset: 0 });
            object = TOP;
            key = true;
        }
        loop {
            if !key {
                match cursor.space()? {
                    // Behind an item of a list there is another, or the end of the list.
                    b',' if after_item => {
                        cursor.at += 1;
                        if cursor.space()? != b'{' {
                            return None;
                        }
                        turns.push(Turn::Begin { object: object as u8, offset: offset(&cursor) });
                        cursor.at += 1;
                        (key, after_item) = (true, false);
                    }
                    b']' if after_item => {
                        turns.push(Turn::Close { object: object as u8, offset: offset(&cursor) });
                        cursor.at += 1;
                        object = self.objects[object].parent;
                        after_item = false;
                    }
                    _ if after_item => return None,
                    b',' => {
                        cursor.at += 1;
                        key = true;
                        // One comma, one key: a brace behind it is for others to complain of.
                        if cursor.space()? != b'"' {
                            return None;
                        }
                    }
                    b'}' => {
                        turns.push(Turn::End { object: object as u8, offset: offset(&cursor) });
                        cursor.at += 1;
                        if object == TOP {
                            return Some(self.make(text, place, cursor.at, &turns, (object, Goal::End)));
                        }
                        after_item = self.objects[object].item;
                        if !after_item {
                            object = self.objects[object].parent;
                        }
                    }
                    _ => return None,
                }
                continue;
            }
            if cursor.space()? == b'}' {
                // Only an object that has just begun may end here.
                if !matches!(turns.last(), Some(Turn::Begin { .. })) {
                    return None;
                }
                key = false;
                continue;
            }
            let name = cursor.key().ok()?;
            cursor.expect(b':', Fault::Colon).ok()?;
            if name.kind != (TokenKind::String { escaped: false }) {
                return None;
            }
            let fields = self.objects[object].fields;
            let body = &text[name.start + 1..name.end - 1];
            let field = fields.iter().position(|field| field.key.as_bytes() == body);
            // What else there is at the top decides what kind of document it is.
            if field.is_none() && object == TOP {
                return None;
            }
            let byte = cursor.space()?;
            let Some(field) = field else {
                let span = [name.start, name.end].map(|at| (at - place.at) as u32);
                return Some(self.make(
                    text,
                    place,
                    cursor.at,
                    &turns,
                    (object, Goal::Undocumented(span[0], span[1])),
                ));
            };
            let goal = Goal::Field(field as u8);
            match self.objects[object].inner[field] {
                Some(inner) if self.objects[usize::from(inner)].item => {
                    let mut within = cursor.clone();
                    within.at += 1;
                    // Other lists are values.
                    if byte != b'[' || within.space() != Some(b'{') {
                        return Some(self.make(text, place, cursor.at, &turns, (object, goal)));
                    }
                    turns.push(Turn::Open { object: inner, offset: offset(&cursor) });
                    turns.push(Turn::Begin { object: inner, offset: offset(&within) });
                    cursor.at = within.at + 1;
                    object = usize::from(inner);
                }
                Some(inner) if byte == b'{' => {
                    turns.push(Turn::Begin { object: inner, offset: offset(&cursor) });
                    cursor.at += 1;
                    object = usize::from(inner);
                }
                // A header, or an event, that is no object.
                Some(_) if object == TOP => return None,
                _ => return Some(self.make(text, place, cursor.at, &turns, (object, goal))),
            }
        }
    }

    /// The way from a place to byte `end`, where its goal begins.
    fn make(
        &self,
        text: &[u8],
        place: &Place,
        end: usize,
        turns: &[Turn],
        (object, goal): (usize, Goal),
    ) -> Way {
        let (mut slot, mut accept, mut bit) = (None, None, 0);
        let mut next = self.objects[object].node;
        if let Goal::Field(field) = goal {
            (slot, accept) = self.objects[object].members[usize::from(field)];
            bit = 1 << field;
            next += 1 + u16::from(field);
        }
        // An object that begins and ends on the way may lack what it must have.
        let begins = |turns: &[Turn]| turns.iter().any(|turn| matches!(turn, Turn::Begin { .. }));
        let ends = turns.iter().rposition(|turn| matches!(turn, Turn::End { .. }));
        if ends.is_some_and(|last| begins(&turns[..last])) {
            accept = None;
        }
        let quoted = accept.is_some_and(Accept::is_quoted);
        if quoted && text.get(end) != Some(&b'"') {
            accept = None;
        }
        let quote = accept.is_some_and(Accept::is_quoted);
        let bytes = &text[place.at..end + usize::from(quote)];
        Way {
            literal: Literal::new(bytes),
            quote: u8::from(quote),
            object: object as u8,
            slot: slot.unwrap_or(NO_SLOT),
            bit,
            accept: accept.unwrap_or(Accept::Nothing),
            guess: LengthGuess::default(),
            then: NONE,
            next,
            goal,
            turns: turns.into(),
        }
    }
}

/// Adds the object of a plan and those within it. Without a `body`, `event` is a value like others.
fn add(
    objects: &mut Vec<Object>,
    plan: &ObjectPlan,
    (parent, place): (usize, usize),
    path: &[&'static str],
    body: Option<&ObjectPlan>,
    item: bool,
) {
    let own = objects.len();
    let members = plan.members.iter().map(|member| (member.slot, member.accept)).collect();
    let inner = vec![None; plan.fields.len()];
    let (fields, wanted) = (plan.fields, plan.wanted);
    let path = path.to_vec();
    objects.push(Object { path, parent, place, fields, wanted, members, item, node: 0, inner });
    for (at, member) in plan.members.iter().enumerate() {
        let (inner, item) = match (member.field.kind, &member.inner) {
            (Kind::Object(_), _) if own == TOP && at == top::EVENT => (body, false),
            (Kind::Object(_), Some(inner)) => (Some(&**inner), false),
            (Kind::List(Kind::Object(_)), Some(inner)) => {
                (Some(&**inner).filter(|inner| is_accepted(inner)), true)
            }
            _ => (None, false),
        };
        if let Some(inner) = inner {
            objects[own].inner[at] = u8::try_from(objects.len()).ok();
            let path = [&objects[own].path, &[member.field.key][..]].concat();
            add(objects, inner, (own, at), &path, body, item);
        }
    }
}

/// Whether values of all fields can be accepted. Where one is always judged, a list is walked as a whole.
fn is_accepted(plan: &ObjectPlan) -> bool {
    plan.members.iter().all(|member| match &member.inner {
        Some(inner) => is_accepted(inner),
        None => member.accept.is_some(),
    })
}

/// Adds the top of a v1 event and the objects of its body. Returns the place of that in the top.
fn add_v1(objects: &mut Vec<Object>, body: &ObjectPlan) -> usize {
    let slot =
        |place: usize| slot::V1.iter().find(|(known, _)| *known == place).map(|(_, slot)| *slot as u16);
    let mut members: Vec<_> =
        ACCEPT_V1.iter().enumerate().map(|(place, accept)| (slot(place), Some(*accept))).collect();
    members.push((None, None));
    let mut inner = vec![None; TOP_V1.len()];
    let event = TOP_V1.len() - 1;
    inner[event] = Some(1);
    // Of one that lacks anything the walk says so.
    let wanted = (1 << TOP_V1.len()) - 1;
    let (path, fields) = (Vec::new(), &TOP_V1[..]);
    objects.push(Object {
        path,
        parent: TOP,
        place: 0,
        fields,
        wanted,
        members,
        item: false,
        node: 0,
        inner,
    });
    add(objects, body, (TOP, event), &[BODY], None, false);
    event
}
